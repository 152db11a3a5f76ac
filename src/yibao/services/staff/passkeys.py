"""How does a passkey (通行密钥, WebAuthn) take the place of the app's code? The protocol is allauth's and fido2's.

What a browser is asked to sign stands in its session; a passkey works at the address under which it was made, and only
there, so that a page of somebody else cannot ask for it.
"""

from __future__ import annotations

import json
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as webauthn
from django.core.exceptions import ValidationError

from yibao.services.results import Done, Refused
from yibao.services.staff.factors import user_of

NAME = "窗口"
MOST = 5


def asked_for_new(user_id: UUID | str) -> str:
    """What a browser is told that makes a passkey: JSON, for `navigator.credentials.create`."""
    return json.dumps(webauthn.begin_registration(user_of(user_id), passwordless=False))


def add_passkey(user_id: UUID | str, told: str) -> Done[None] | Refused:
    """Keep a passkey that a browser made just now."""
    user = user_of(user_id)
    kept = Authenticator.objects.filter(user_id=user_id, type=Authenticator.Type.WEBAUTHN)
    if kept.count() >= MOST:
        return Refused("staff_passkeys_too_many", f"最多留 {MOST} 个通行密钥。", field="passkey")
    try:
        credential = json.loads(told)
        webauthn.complete_registration(credential)
    except (ValidationError, ValueError, KeyError, TypeError, AttributeError):
        return _wrong()
    webauthn.WebAuthn.add(user, NAME, credential)
    return Done(None)


def asked_for(user_id: UUID | str) -> str:
    """What a browser is told that shows a passkey: JSON, for `navigator.credentials.get`."""
    return json.dumps(webauthn.begin_authentication(user_of(user_id)))


def check_passkey(user_id: UUID | str, told: str) -> Done[None] | Refused:
    """Whether the browser showed a passkey of this member."""
    try:
        response = json.loads(told)
        webauthn.parse_authentication_response(response)
        held = webauthn.complete_authentication(user_of(user_id), response)
    except (ValidationError, ValueError, KeyError, TypeError, AttributeError):
        return _wrong()
    held.record_usage()
    return Done(None)


def _wrong() -> Refused:
    return Refused("staff_passkey_wrong", "通行密钥没有通过。请再试一次，或改用验证器的码。", field="passkey")
