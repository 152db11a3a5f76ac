"""The form of the code: allauth's, with every way of typing it, every try counted, and the counter's code taken."""

from __future__ import annotations

import re
from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm
from django.core.exceptions import ValidationError
from django.forms import CharField
from django.utils.crypto import constant_time_compare

from yibao.services import sign_in
from yibao.services.certificates import normalised
from yibao.services.results import Refused


class CodeForm(ConfirmLoginCodeForm):
    """Six digits, however they are written."""

    code = CharField(error_messages={"required": "还没有填验证码，请填手机上收到的 6 位数字。"})

    def __init__(self, *args: Any, number: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.number = number
        self.stopped: Refused | None = None
        self.user_of_counter: Any = None

    def clean_code(self) -> str:
        """The code, if it is the one that was sent or the one that the counter gave."""
        code = normalised(self.cleaned_data["code"])
        if not re.fullmatch(r"\d{6}", code):
            raise ValidationError("验证码是 6 位数字。请照手机上收到的那一条再填。")
        refused = sign_in.wrong_code(self.number)  # counted before it is looked at: many at once are no way around
        if refused.code == "locked":
            self.stopped = refused
            raise ValidationError(refused.message)
        if self.expected_code and constant_time_compare(code, self.expected_code):
            return code
        self.user_of_counter = sign_in.take_counter_code(self.number, code)
        if self.user_of_counter is None:
            self.stopped = refused if refused.code == "tenth_wrong_code" else None
            raise ValidationError(refused.message)
        return code
