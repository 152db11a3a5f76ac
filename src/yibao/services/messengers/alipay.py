"""The life account at Alipay (生活号): whom a code stands for, messages, template notices, the menu.

Every call is one POST to their gateway, signed with our key; what comes back is signed with theirs.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from yibao.services.clock import CHINA
from yibao.services.messengers import rsa2
from yibao.services.messengers.http import dumped, fetched, unreachable
from yibao.services.messengers.shapes import Bound, Group, Item
from yibao.services.messengers.templates import filled
from yibao.services.results import Done, Refused

FORM = "application/x-www-form-urlencoded;charset=utf-8"
SUCCESS = "10000"
GROUPS_MAX, ITEMS_MAX = 4, 5
ACTIONS = {"say": "out", "page": "link", "call": "tel"}


@dataclass(frozen=True, slots=True)
class Alipay:
    """Our account there, with its credentials; the keys are files."""

    app_id: str
    private_key: str
    public_key: str
    aes_key: str = field(repr=False)
    templates: str
    api: str
    page: str

    def sign_in_address(self, back: str, state: str) -> str:
        """Alipay's page that comes back at once with a code: only the user id is asked for (auth_base)."""
        told = {"app_id": self.app_id, "scope": "auth_base", "redirect_uri": back, "state": state}
        return f"{self.page}?{urlencode(told)}"

    def identity(self, code: str) -> Done[str] | Refused:
        """The user id behind a code, or the open id where the application gets only that."""
        got = self.called("alipay.system.oauth.token", {}, grant_type="authorization_code", code=code)
        if isinstance(got, Refused):
            if got.code != "messenger_refused":
                return got
            return Refused("sign_in_code_refused", "支付宝没有认出您，请回到生活号里再点一次登录。", field="code")
        return Done(str(got.value.get("user_id") or got.value["open_id"]))

    def say(self, user: str, text: str) -> Done[None] | Refused:
        """Send a text to somebody who wrote to us."""
        told = {"to_user_id": user, "msg_type": "text", "text": {"content": text}, "chat": "1"}
        done = self.called("alipay.open.public.message.custom.send", told)
        return done if isinstance(done, Refused) else Done(None)

    def send(self, binding: Bound, template: str, fields: Mapping[str, str], number: str = "") -> Done[str] | Refused:
        """Send a template notice; Alipay knows no number of ours."""
        del number
        chosen = filled(self.templates, template, fields)
        if isinstance(chosen, Refused):
            return chosen
        context: dict[str, Any] = {name: {"value": text} for name, text in chosen.value.fields.items()}
        if chosen.value.page:
            context |= {"url": chosen.value.page, "action_name": "查看详情"}
        told = {"to_user_id": binding.identity, "template": {"template_id": chosen.value.id, "context": context}}
        done = self.called("alipay.open.public.message.single.send", told)
        return done if isinstance(done, Refused) else Done(str(done.value.get("msg_id", "")))

    def menu(self, groups: tuple[Group, ...], site: str) -> dict[str, Any]:
        """Four buttons of five lines at most; a line may dial."""
        return {
            "type": "text",
            "button": [
                {"name": group.name, "sub_button": [_line(item, site) for item in group.items[:ITEMS_MAX]]}
                for group in groups[:GROUPS_MAX]
            ],
        }

    def send_menu(self, groups: tuple[Group, ...], site: str) -> Done[None] | Refused:
        """Make it the menu that people see, whether there was one before or not."""
        done = self.called("alipay.open.public.menu.modify", self.menu(groups, site))
        if isinstance(done, Refused) and done.code == "messenger_refused":
            done = self.called("alipay.open.public.menu.create", self.menu(groups, site))
        return done if isinstance(done, Refused) else Done(None)

    def called(self, method: str, content: object, **more: str) -> Done[dict[str, Any]] | Refused:
        """One call; refused where the answer is not signed by Alipay, or says no."""
        told = {
            "app_id": self.app_id, "method": method, "format": "JSON", "charset": "utf-8", "sign_type": "RSA2",
            "version": "1.0", "timestamp": f"{datetime.now(CHINA):%Y-%m-%d %H:%M:%S}", **more,
        }  # fmt: skip
        if content:
            told["biz_content"] = dumped(content).decode()
            if self.aes_key:
                told |= {"biz_content": rsa2.encrypted(told["biz_content"], self.aes_key), "encrypt_type": "AES"}
        told["sign"] = rsa2.signed(rsa2.to_sign(told), rsa2.private_key(self.private_key))
        got = fetched(f"{self.api}?charset=utf-8", urlencode(told).encode(), FORM)
        return got if isinstance(got, Refused) else self._read(got.value, method)

    def _read(self, body: str, method: str) -> Done[dict[str, Any]] | Refused:
        """The part of the answer that is signed, letter by letter as it came."""
        try:
            whole = json.loads(body)
            name = next(one for one in (method.replace(".", "_") + "_response", "error_response") if one in whole)
            start = body.index(f'"{name}"') + len(name) + 2
            start += len(body[start:]) - len(body[start:].lstrip(" \n\t:"))
            part, end = json.JSONDecoder().raw_decode(body, start)
            if not rsa2.is_signed(body[start:end], str(whole.get("sign", "")), rsa2.public_key(self.public_key)):
                message = "收到的回答不是支付宝签的名，没有采用。请管理员核对支付宝公钥。"
                return Refused("messenger_not_genuine", message)
            if isinstance(part, str):
                part = json.loads(rsa2.decrypted(part, self.aes_key))
        except (ValueError, StopIteration, KeyError, TypeError):
            return unreachable()
        code = str(part.get("code", SUCCESS))
        if name == "error_response" or code != SUCCESS:
            why = str(part.get("sub_code", code))[:60]
            return Refused("messenger_refused", f"支付宝没有接受（{why}）。请管理员照文档检查。")
        return Done(part)


def _line(item: Item, site: str) -> dict[str, str]:
    what = site + item.what if item.kind == "page" else item.what
    return {"name": item.name, "action_type": ACTIONS[item.kind], "action_param": what}
