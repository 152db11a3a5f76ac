"""What is answered to a message in WeChat or Alipay (聊天)? A word about the own record, or a question to the law.

The text of a message is in no log; what was asked back is kept sealed for ten minutes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from yibao.services import bindings
from yibao.services.chat import own
from yibao.services.chat.fitting import ALIPAY_BYTES, WECHAT_BYTES, Reply
from yibao.services.chat.law import answered
from yibao.services.messengers.shapes import NAMES, Bound
from yibao.services.permissions import Actor
from yibao.services.wording import SERVICE_NAME

__all__ = ["ALIPAY_BYTES", "NOT_A_TEXT", "WECHAT_BYTES", "Reply", "reply", "welcome"]

OWN: dict[str, Callable[[Actor, str], Reply]] = {
    "余额": own.balance,
    "缴费": own.months,
    "划入": own.allocation,
    "年限": own.years,
}
ALSO = {
    "余额": "我的余额 账户余额 查余额 医保余额 个人账户余额 个人账户 我的账户",
    "缴费": "我的缴费 缴费记录 查缴费 交费 交费记录 缴费情况",
    "划入": "每月划入 我的划入 返款 我的返款",
    "年限": "我的年限 缴费年限 查年限",
    "绑定": "登录 我要绑定 怎么绑定",
    "解绑": "解除绑定 取消绑定 我要解绑",
    "确定解绑": "确认解绑",
    "帮助": "怎么问 菜单 help ? 你好 您好 在吗",
    "人工": "转人工 人工服务 电话 12393",
}
WORD = {other: word for word, others in ALSO.items() for other in [word, *others.split()]}
HELP = (
    "直接打字问就行，写上城市，例如“北京退休人员每月返多少钱”“上海断缴三个月怎么办”。",
    "看自己的账户，发两个字：余额、缴费、划入、年限。第一次要先绑定，发“绑定”。",
    "不想再绑定，发“解绑”。要找人问，打 12393，外地拨区号加 12393。",
)
PERSON = (
    "医保服务热线是 12393，工作时间有人接。人在外地，先拨参保地的区号再拨 12393。",
    "退休年龄、养老金的事打 12333。",
)
DEMO = "演示数据，非官方：人和账都是编的。"
NOT_A_TEXT = Reply(("这里只看得懂文字，图片和语音看不了。请把要问的事打成一句话，例如“北京退休人员每月返多少钱”。",))


def reply(channel: str, identity: str, text: str, *, site: str, today: date | None = None) -> Reply:
    """The answer to a message. `site` is the address of our pages, with its last stroke."""
    word = WORD.get(_plain(text))
    if word == "帮助" or not text.strip():
        return Reply(HELP)
    if word == "人工":
        return Reply(PERSON)
    held = bindings.bound(channel, identity) if word else None
    if word is None:
        return answered(f"{channel}:{identity}", text, site, today)
    if held is None:
        return _not_bound(channel, site, asked=word)
    return _of_bound(word, held, site)


def welcome(channel: str, site: str) -> Reply:
    """What is said to somebody who has just begun to follow us."""
    del channel, site
    first = f"您好，这里是{SERVICE_NAME}：按您参保地的规定把数算准，说清为什么、依据哪份文件。"
    return Reply((first, *HELP, "我们不是官方服务，不会问您要密码和验证码。"))


def _of_bound(word: str, held: Bound, site: str) -> Reply:
    actor, name = bindings.actor_of(held), NAMES[held.channel]
    if word in OWN:
        own_words = OWN[word](actor, site)
        return replace(own_words, head=(DEMO, *own_words.head)) if held.is_demo else own_words
    if word == "绑定":
        return Reply((f"您的{name}已经绑定好了。看账户，发“余额”“缴费”“划入”“年限”。不想再绑定，发“解绑”。",))
    if word == "解绑":
        told = f"解绑以后，在{name}里看不到您的账户，也收不到通知；医保的记录都还在。确定的话，请回复“确定解绑”。"
        return Reply((told,))
    bindings.end(actor, held.id)
    return Reply((f"已经解绑。这个{name}看不到您的账户了。以后想再绑定，发“绑定”。",))


def _not_bound(channel: str, site: str, *, asked: str) -> Reply:
    name = NAMES[channel]
    if asked in ("解绑", "确定解绑"):
        return Reply((f"这个{name}没有绑定过，不用解绑。",))
    address = f"{site}sign-in/with/{channel}/?next=/me/bindings/"
    told = "还没有绑定，看不到您的账户。" if asked in OWN else ""
    return Reply(
        (f"{told}点下面一行，用证件号和手机验证码登录一次，同意以后就绑定好了。",),
        foot=("我们不会在聊天里问您的证件号、密码和验证码，请不要发到这里。",),
        link=("去登录和绑定", address),
    )


def _plain(text: str) -> str:
    """A message as a word is looked up: without blanks and signs at its edges, widths made one."""
    plain = unicodedata.normalize("NFKC", text)[:40].strip().strip("。，,.!！~“”\"' ").lower()
    return "".join(plain.split())
