"""A third-party app: asks a person for leave, reads contributions and coverage, and notices when the leave is gone.

Nothing but the standard library. Register it first, then start it (see README.md beside this file):

    python app.py --yibao http://127.0.0.1:8000 --client-id ID --port 9000

The secret, if the app has one, is read from the environment: CLIENT_SECRET.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import html
import http.server
import json
import os
import secrets
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

SCOPES = "openid contributions coverage"
STATES = {"paid": "已缴", "back_paid": "补缴", "deemed": "视同", "unpaid": "未缴", "due": "待缴"}
VISITS: dict[str, dict[str, str]] = {}
"""What is known of each visitor, by a cookie. A real app keeps tokens encrypted, and not in memory."""


class Refused(Exception):
    """The provider or the API said no: its status and its code."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(f"{status} {code}")
        self.status, self.code = status, code


class Yibao:
    """The two things the app does there: tokens, and reading with them."""

    def __init__(self, site: str, client_id: str, secret: str, own: str) -> None:
        self.site, self.client_id, self.secret, self.redirect = site.rstrip("/"), client_id, secret, f"{own}/callback"

    def question(self, visit: dict[str, str]) -> str:
        """Where to send the person: the request carries a state and the hash of a secret that only we know (PKCE)."""
        visit["state"], visit["verifier"] = secrets.token_urlsafe(24), secrets.token_urlsafe(48)
        digest = hashlib.sha256(visit["verifier"].encode()).digest()
        told = {
            "response_type": "code", "client_id": self.client_id, "redirect_uri": self.redirect, "scope": SCOPES,
            "state": visit["state"], "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }  # fmt: skip
        return f"{self.site}/identity/o/authorize?{urllib.parse.urlencode(told)}"

    def redeem(self, visit: dict[str, str], code: str) -> None:
        """The code for tokens."""
        told = {"grant_type": "authorization_code", "code": code, "redirect_uri": self.redirect}
        self._tokens(visit, {**told, "code_verifier": visit.pop("verifier")})

    def read(self, visit: dict[str, str], path: str) -> Any:
        """A part of the record; a token that ran out is renewed once."""
        try:
            return self._read(visit, path)
        except Refused as refused:
            if refused.status != 401 or "refresh" not in visit:
                raise
            try:
                self._tokens(visit, {"grant_type": "refresh_token", "refresh_token": visit.pop("refresh")})
            except Refused:  # taken back, or its day is over: what counts is that the API says 401
                raise refused from None
            return self._read(visit, path)

    def _read(self, visit: dict[str, str], path: str) -> Any:
        return self._open(f"/api/v1/me/{path}", headers={"Authorization": f"Bearer {visit['access']}"})

    def _tokens(self, visit: dict[str, str], told: dict[str, str]) -> None:
        told |= {"client_id": self.client_id} | ({"client_secret": self.secret} if self.secret else {})
        body = self._open("/identity/o/api/token", data=urllib.parse.urlencode(told).encode())
        visit["access"], visit["refresh"] = body["access_token"], body["refresh_token"]

    def _open(self, path: str, **how: Any) -> Any:
        try:
            with urllib.request.urlopen(urllib.request.Request(self.site + path, **how), timeout=30) as answer:  # noqa: S310
                return json.load(answer)
        except urllib.error.HTTPError as error:
            body = json.loads(error.read() or b"{}")
            told = body.get("error", "")
            raise Refused(error.code, told["code"] if isinstance(told, dict) else told) from None


class Pages(http.server.BaseHTTPRequestHandler):
    """The app's own pages."""

    yibao: Yibao

    def do_GET(self) -> None:
        """One page each."""
        address = urllib.parse.urlsplit(self.path)
        told = dict(urllib.parse.parse_qsl(address.query))
        pages = {"/": self.start, "/login": self.login, "/callback": self.callback, "/record": self.record}
        pages.get(address.path, self.absent)(told)

    def start(self, _: dict[str, str]) -> None:
        """What the app is."""
        self.page("记账本", "<p>看看您的医保缴费。要先到医保网站同意。</p><p><a href='/login'>用医保账户登录</a></p>")

    def login(self, _: dict[str, str]) -> None:
        """Send the person to the question, under a cookie by which the answer is known again."""
        key = secrets.token_urlsafe(24)
        visit = VISITS[key] = {}
        self.redirect(self.yibao.question(visit), f"visit={key}; HttpOnly; SameSite=Lax; Path=/")

    def callback(self, told: dict[str, str]) -> None:
        """The answer: only to the question that this very visitor was sent with."""
        visit = self.visit()
        if visit is None or not secrets.compare_digest(visit.pop("state", ""), told.get("state", "-")):
            self.page("不对", "<p>这不是您刚才的请求。<a href='/'>重来</a></p>", 400)
        elif "code" not in told:
            self.page("没有同意", "<p>您没有同意，什么都没有给我们。<a href='/'>回到首页</a></p>")
        else:
            self.yibao.redeem(visit, told["code"])
            self.redirect("/record")

    def record(self, _: dict[str, str]) -> None:
        """Contributions and coverage, or that we may not any more."""
        visit = self.visit()
        if visit is None or "access" not in visit:
            return self.redirect("/")
        try:
            months, cover = self.yibao.read(visit, "months"), self.yibao.read(visit, "coverage")
        except Refused as refused:
            told = f"<p id='status'>{refused.status}</p><p><a href='/login'>重新请求</a></p>"
            return self.page("授权已经收回，或者到期了", told, 200)
        rows = "".join(
            f"<tr><td>{row['month']}</td><td>{STATES.get(row['state'], row['state'])}</td>"
            f"<td>{yuan(row['person_paid'])}</td></tr>"
            for row in months["rows"]
        )
        paid = f"{months['year']}年本人缴了{yuan(months['total_person'])}元"
        state = f"今天{'在保' if cover['is_insured'] else '不在保'}：{html.escape(cover['covers'][0]['area_name'])}"
        sums = f"<p id='paid'>{paid}</p><p id='cover'>{state}</p>"
        return self.page("您的医保缴费", f"{sums}<table>{rows}</table>")

    def absent(self, _: dict[str, str]) -> None:
        """No such page."""
        self.page("没有这一页", "<p><a href='/'>回到首页</a></p>", 404)

    def visit(self) -> dict[str, str] | None:
        """Who is here, by the cookie."""
        for part in self.headers.get("Cookie", "").split(";"):
            name, _, value = part.strip().partition("=")
            if name == "visit":
                return VISITS.get(value)
        return None

    def page(self, title: str, body: str, status: int = 200) -> None:
        """Send a page."""
        text = f"<!doctype html><html lang='zh-CN'><meta charset='utf-8'><title>{title}</title><h1>{title}</h1>{body}"
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(text.encode())

    def redirect(self, address: str, cookie: str = "") -> None:
        """Send the visitor elsewhere."""
        self.send_response(302)
        self.send_header("Location", address)
        if cookie:
            self.send_header("Set-Cookie", cookie)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Nothing: an address may hold a code."""


def yuan(fen: int) -> str:
    """Fen as people write it; whole numbers only.

    >>> yuan(24000), yuan(7)
    ('240.00', '0.07')
    """
    return f"{fen // 100}.{fen % 100:02d}"


def main() -> None:
    """Serve on this machine."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--yibao", default="http://127.0.0.1:8000", help="the site to ask")
    parser.add_argument("--client-id", required=True)
    parser.add_argument("--port", type=int, default=9000, help="0: any that is free")
    options = parser.parse_args()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", options.port), Pages)
    own = f"http://127.0.0.1:{server.server_port}"
    Pages.yibao = Yibao(options.yibao, options.client_id, os.environ.get("CLIENT_SECRET", ""), own)
    print(own, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
