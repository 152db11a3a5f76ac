"""WeChat and Alipay as the services see them: an account of ours at each, if there are credentials for it.

wechat()  alipay()         the account, or None
account(channel)           the same by name
send(binding, template, fields)   a template notice to a person who bound an account
"""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings

from yibao.services.messengers.alipay import Alipay
from yibao.services.messengers.menu import groups
from yibao.services.messengers.shapes import NAMES, Bound, Messenger
from yibao.services.messengers.wechat import WeChat
from yibao.services.results import Done, Refused

__all__ = ["NAMES", "Alipay", "Bound", "Messenger", "WeChat", "account", "alipay", "groups", "send", "wechat"]


def wechat() -> WeChat | None:
    """Our official account, if the installation has one."""
    held = settings.WECHAT
    return WeChat(**held) if all(held[name] for name in ("app_id", "secret", "token", "aes_key")) else None


def alipay() -> Alipay | None:
    """Our life account, if the installation has one."""
    held = settings.ALIPAY
    return Alipay(**held) if all(held[name] for name in ("app_id", "private_key", "public_key")) else None


def account(channel: str) -> Messenger | None:
    """Our account at a channel, if there is such a channel and we have one."""
    return wechat() if channel == "wechat" else alipay() if channel == "alipay" else None


def send(binding: Bound, template: str, fields: Mapping[str, str], number: str = "") -> Done[str] | Refused:
    """Send a template notice; done: the number of the message at the channel. `number` is ours, to send it once."""
    there = account(binding.channel)
    if there is None:
        return Refused("channel_not_here", f"这里没有开通{binding.channel_name}，通知没有发出去。请换一种方式通知。")
    return there.send(binding, template, fields, number)
