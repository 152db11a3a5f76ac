"""The official account at WeChat (公众号): whom a code stands for, template notices, the menu.

Written by their public documents; wechatpy, which did the same, was last released in 2021 and for Python up to 3.7.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from yibao.services.deliveries import KEPT
from yibao.services.messengers.http import as_json, dumped, fetched
from yibao.services.messengers.shapes import Bound, Group, Item
from yibao.services.messengers.templates import filled
from yibao.services.results import Done, Refused

TOKEN_IS_BAD = {40001, 40014, 42001}
GONE = {43004, 40003}
"""Follows us no more; no such openid."""
TOKEN_SECONDS = 6000
GROUP_BYTES, ITEM_BYTES, GROUPS_MAX, ITEMS_MAX = 16, 60, 3, 5


@dataclass(frozen=True, slots=True)
class WeChat:
    """Our account there, with its credentials."""

    app_id: str
    secret: str = field(repr=False)
    token: str = field(repr=False)
    aes_key: str = field(repr=False)
    templates: str
    api: str
    page: str

    def sign_in_address(self, back: str, state: str) -> str:
        """WeChat's page that comes back at once with a code: only the openid is asked for (snsapi_base)."""
        told = {"appid": self.app_id, "redirect_uri": back, "response_type": "code", "scope": "snsapi_base"}
        return f"{self.page}?{urlencode({**told, 'state': state})}#wechat_redirect"

    def identity(self, code: str) -> Done[str] | Refused:
        """The openid behind a code; a code can be used once."""
        told = {"appid": self.app_id, "secret": self.secret, "code": code, "grant_type": "authorization_code"}
        got = as_json(fetched(f"{self.api}/sns/oauth2/access_token?{urlencode(told)}"))
        if isinstance(got, Refused):
            return got
        openid = got.value.get("openid")
        if not isinstance(openid, str) or not openid:
            return Refused("sign_in_code_refused", "微信没有认出您，请回到公众号里再点一次登录。", field="code")
        return Done(openid)

    def send(self, binding: Bound, template: str, fields: Mapping[str, str], number: str = "") -> Done[str] | Refused:
        """Send a template notice; one of the same number again within ten minutes is not shown twice."""
        chosen = filled(self.templates, template, fields)
        if isinstance(chosen, Refused):
            return chosen
        body: dict[str, Any] = {
            "touser": binding.identity,
            "template_id": chosen.value.id,
            "data": {name: {"value": text} for name, text in chosen.value.fields.items()},
        }
        if chosen.value.page:
            body["url"] = chosen.value.page
        if number:
            body["client_msg_id"] = number
        done = self._called("/cgi-bin/message/template/send", body)
        return done if isinstance(done, Refused) else Done(str(done.value.get("msgid", "")))

    def menu(self, groups: tuple[Group, ...], site: str) -> dict[str, Any]:
        """Three buttons of five lines at most; there is no line that dials, so it tells the number."""
        return {
            "button": [
                {"name": group.name, "sub_button": [_line(item, site) for item in group.items[:ITEMS_MAX]]}
                for group in groups[:GROUPS_MAX]
            ]
        }

    def send_menu(self, groups: tuple[Group, ...], site: str) -> Done[None] | Refused:
        """Make it the menu that people see; WeChat shows it within a day."""
        done = self._called("/cgi-bin/menu/create", self.menu(groups, site))
        return done if isinstance(done, Refused) else Done(None)

    def _called(self, path: str, body: object) -> Done[dict[str, Any]] | Refused:
        """A call with the account's token; a token that ran out is fetched anew, once."""
        done = self._once(path, body, fresh=False)
        if isinstance(done, Done) and done.value.get("errcode", 0) in TOKEN_IS_BAD:
            done = self._once(path, body, fresh=True)
        if isinstance(done, Refused):
            return done
        code = done.value.get("errcode", 0)
        if code in GONE:
            return Refused("follows_no_more", "这个人已经取消关注，通知发不到。请换一种方式通知。")
        if code != 0:
            return Refused("messenger_refused", f"微信没有接受（错误码 {code}）。请管理员照文档检查。")
        return done

    def _once(self, path: str, body: object, *, fresh: bool) -> Done[dict[str, Any]] | Refused:
        token = self._access_token(fresh=fresh)
        if isinstance(token, Refused):
            return token
        return as_json(fetched(f"{self.api}{path}?{urlencode({'access_token': token.value})}", dumped(body)))

    def _access_token(self, *, fresh: bool) -> Done[str] | Refused:
        """The token of the account, one for all processes; their stable interface hands the same one out to each."""
        name = f"wechat:access_token:{self.app_id}"
        kept = None if fresh else KEPT.get(name)
        if kept:
            return Done(str(kept))
        told = {"grant_type": "client_credential", "appid": self.app_id, "secret": self.secret, "force_refresh": fresh}
        got = as_json(fetched(f"{self.api}/cgi-bin/stable_token", dumped(told)))
        if isinstance(got, Refused):
            return got
        token = got.value.get("access_token")
        if not isinstance(token, str):
            code = got.value.get("errcode", "")
            message = f"微信没有给访问凭证（错误码 {code}）。请管理员核对 AppID 和 AppSecret。"
            return Refused("messenger_refused", message)
        KEPT.set(name, token, TOKEN_SECONDS)
        return Done(token)


def _line(item: Item, site: str) -> dict[str, str]:
    if item.kind == "page":
        return {"type": "view", "name": item.name, "url": site + item.what}
    return {"type": "click", "name": item.name, "key": item.what}
