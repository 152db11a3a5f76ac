"""What does a member of staff show besides the password? A code of an authenticator app (TOTP, RFC 6238) or a passkey.

django-allauth keeps both; the key of the app lies sealed. A code is good once: what was used is counted in the
database, since allauth's own memory is that of one process.
"""

from __future__ import annotations

import base64
import re
import time
from typing import Any
from uuid import UUID

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp

from yibao.services.certificates import normalised
from yibao.services.results import Done, Refused
from yibao.services.sealing import seal, unseal
from yibao.services.sign_in import tally
from yibao.services.sign_in.limits import clock_text
from yibao.services.staff.members import by_id
from yibao.services.wording import SERVICE_NAME

WRONG_MAX, LOCK_SECONDS = 5, 15 * 60
USED_SECONDS = 150
"""Longer than a code holds with the clock a step off on either side."""


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    """Our answers to allauth's questions about second factors."""

    def encrypt(self, text: str) -> str:
        """The key of an app as it is kept."""
        return base64.b64encode(seal(text, what="totp")).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The key again."""
        return unseal(base64.b64decode(encrypted_text), what="totp")

    def get_totp_label(self, user: Any) -> str:
        """What an app calls this key."""
        held = by_id(user.pk)
        return held.sign_in_name if held else str(user.pk)

    def get_totp_issuer(self) -> str:
        """Whose key it is."""
        return f"{SERVICE_NAME} 窗口"

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        """What a passkey is kept under."""
        name = self.get_totp_label(user)
        return {"id": user.pk.bytes, "display_name": name, "name": name}


def has_app(user_id: UUID | str) -> bool:
    """Whether an authenticator app is set up."""
    return _of(user_id, Authenticator.Type.TOTP).exists()  # type: ignore[no-any-return]


def has_passkey(user_id: UUID | str) -> bool:
    """Whether a passkey is set up."""
    return _of(user_id, Authenticator.Type.WEBAUTHN).exists()  # type: ignore[no-any-return]


def has_factor(user_id: UUID | str) -> bool:
    """Whether there is any second factor: who has none sets one up before anything else."""
    return has_app(user_id) or has_passkey(user_id)


def new_app_key() -> str:
    """A key for an authenticator app: 160 bits, base32."""
    return str(totp.generate_totp_secret())


def app_address(user_id: UUID | str, key: str) -> str:
    """What the QR code for the app says."""
    return str(FactorAdapter().build_totp_url(user_of(user_id), key))


def set_up_app(user_id: UUID | str, key: str, code: str) -> Done[None] | Refused:
    """Keep a key once the app shows its code: who cannot show it would be locked out. For who has no factor yet."""
    user, plain = user_of(user_id), normalised(code)
    if user is None or has_factor(user_id):
        return Refused("staff_not_known", "要重新登录一次。", field="code")
    if not re.fullmatch(r"\d{6}", plain) or not totp.validate_totp_code(key, plain):
        message = "码不对。请确认手机的时间是准的，再填验证器上现在的 6 位数字。"
        return Refused("staff_code_wrong", message, field="code")
    keep_app_key(user, key)
    tally.count("staff_code_used", f"{user_id}:{plain}", limit=1, seconds=USED_SECONDS)
    return Done(None)


def user_of(user_id: UUID | str) -> Any:
    """The user of a member, while signing in is open to them."""
    held = by_id(user_id)
    return held.user if held else None


def keep_app_key(user: Any, key: str) -> None:
    """From now on this app's codes are the second factor."""
    _of(user.pk, Authenticator.Type.TOTP).delete()
    totp.TOTP.activate(user, key)


def check_app_code(user_id: UUID | str, code: str) -> Done[None] | Refused:
    """Whether this is the app's code of now, and was not used before. Five wrong ones lock for a quarter of an hour."""
    plain = normalised(code)
    if not re.fullmatch(r"\d{6}", plain):
        return Refused("staff_code_shape", "验证器上的码是 6 位数字，请照着填。", field="code")
    tries, until = tally.count("staff_code", str(user_id), limit=WRONG_MAX, seconds=LOCK_SECONDS)
    if tries > WRONG_MAX:
        message = f"验证器的码错了 {WRONG_MAX} 次，锁住了。{clock_text(until)} 以后再登录；急用请找管理员。"
        return Refused("staff_code_locked", message, field="code")
    held = _of(user_id, Authenticator.Type.TOTP).first()
    right = held is not None and totp.validate_totp_code(FactorAdapter().decrypt(held.data["secret"]), plain)
    if not right or tally.count("staff_code_used", f"{user_id}:{plain}", limit=1, seconds=USED_SECONDS)[0] > 1:
        message = "码不对，或者已经用过。请等验证器换一个新码再填；手机的时间不准也会这样。"
        return Refused("staff_code_wrong", message, field="code")
    tally.forget("staff_code", str(user_id))
    held.record_usage()
    return Done(None)


def code_now(user_id: UUID) -> str | None:
    """What the app of a member shows now."""
    held = _of(user_id, Authenticator.Type.TOTP).first()
    if held is None:
        return None
    key = FactorAdapter().decrypt(held.data["secret"])
    return str(totp.format_hotp_value(totp.hotp_value(key, int(time.time()) // 30)))


def _of(user_id: UUID | str, kind: Any) -> Any:
    return Authenticator.objects.filter(user_id=user_id, type=kind)
