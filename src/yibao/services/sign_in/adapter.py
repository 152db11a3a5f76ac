"""What does allauth ask of us? To which phone a code goes, and how a code looks.

What allauth calls a phone is here the id of the person (for a number that nobody has, an id that nobody has): the phone
on file itself is unsealed for the moment of sending and stands in no session.
"""

from __future__ import annotations

import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from yibao.books.access.models import User
from yibao.books.people.models import Phone
from yibao.services.sealing import unseal
from yibao.services.sign_in import sms, spoken
from yibao.services.wording import SERVICE_NAME

CODE = "{site}：登录验证码 {code}，5 分钟内有效，只能用一次。工作人员不会问您要，谁要都别给。"
FIRST = "{site}：有人用您的证件号登录。您还没有登录过，请在登录页选“第一次登录”。不是您本人，不用理会。"


def phone_of(person: str) -> str | None:
    """The phone on file of a person."""
    row = Phone.objects.filter(person_id=person).values_list("number_sealed", flat=True).first()
    return None if row is None else unseal(bytes(row), what="phone")


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Our answers to allauth's questions."""

    def generate_phone_verification_code(self, *, user: User, phone: str) -> str:
        """Six digits."""
        return f"{secrets.randbelow(1_000_000):06}"

    def send_verification_code_sms(self, user: User, phone: str, code: str, **kwargs: Any) -> None:
        """Send the code to the phone on file; where there is none, the counter gives one."""
        self._send(phone, CODE.format(site=SERVICE_NAME, code=code), code)

    def send_unknown_account_sms(self, phone: str, **kwargs: Any) -> None:
        """Nobody signs in: a person who never did learns on the own phone, and nowhere else, what to do."""
        self._send(phone, FIRST.format(site=SERVICE_NAME), "")

    def _send(self, person: str, text: str, code: str) -> None:
        number, calls = phone_of(person), spoken.wanted()
        if calls is not None:
            calls.append(spoken.put(number, code))
        elif number is not None:
            sms.send(number, text)

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        """The person stands for the phone, and the agency vouches for it."""
        return str(user.person_id), True

    def set_phone_verified(self, user: User, phone: str) -> None:
        """Nothing: what is on file is the agency's."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: the agency knows its people."""
        return False

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """As if the number were not known."""
        return redirect("account_login")
