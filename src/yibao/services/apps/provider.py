"""What does allauth's provider ask of us? What a token is found by, and how an app knows a person again.

An app gets a number of the person that is its own: two apps that compare theirs do not learn that it is one person.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Any
from uuid import UUID

from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from allauth.idp.oidc.models import Client
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from yibao.books.access.models import User
from yibao.services.scopes import SCOPES
from yibao.services.sealing import blind_index

NOT_OFFERED = ("device_authorization_endpoint", "end_session_endpoint")


class RandomSecret(PBKDF2PasswordHasher):  # type: ignore[misc]  # Django is untyped
    """How the secret of an app is kept: one round is enough for 256 random bits, and a token is not half a second."""

    algorithm = "random_secret"
    iterations = 1


class Provider(DefaultOIDCAdapter):  # type: ignore[misc]  # allauth is untyped
    """Our answers to the provider's questions."""

    scope_display = {name: scope.title for name, scope in SCOPES.items()}

    def hash_token(self, token: str) -> str:
        """A blind index: whoever copies the tables can neither read a token nor make one that is found."""
        return blind_index(token, what="token").hex()

    def get_claims(self, purpose: str, user: User, client: Client, scopes: Any, **more: Any) -> dict[str, Any]:
        """Only that it is the same person again; everything else is read from the API, and stands in who looked."""
        return {"sub": self.get_user_sub(client, user)}

    def get_user_sub(self, client: Client, user: User) -> str:
        """The number by which this app, and no other, knows the person."""
        return sub_of(client.pk, user.pk)

    def get_user_by_sub(self, client: Client, sub: str) -> User | None:
        """The person again; nobody where the number is not one of this app's."""
        try:
            body = bytes.fromhex(sub)
            opener = _cipher(client.pk).decryptor()
            found = UUID(bytes=opener.update(body) + opener.finalize())
        except ValueError:
            return None
        user: User | None = User.objects.filter(pk=found, is_active=True).first()
        return user

    def populate_server_metadata(self, data: dict[str, Any]) -> None:
        """What this provider really does; allauth names more."""
        for name in NOT_OFFERED:
            data.pop(name, None)
        data |= {
            "scopes_supported": list(SCOPES),
            "subject_types_supported": ["pairwise"],
            "grant_types_supported": ["authorization_code", "refresh_token"],
            "response_types_supported": ["code"],
            "claims_supported": ["sub"],
            "prompt_values_supported": ["consent"],
            "authorization_response_iss_parameter_supported": False,
        }


def sub_of(client_id: str, user_id: UUID) -> str:
    """The number of a person for one app: the same each time, and nothing to anybody without the key."""
    sealer = _cipher(client_id).encryptor()
    return (sealer.update(user_id.bytes) + sealer.finalize()).hex()


def _cipher(client_id: str) -> Cipher[modes.ECB]:
    """One block under a key of the app's own: the number of a person is exactly one block, and may be turned back."""
    key = hmac.digest(settings.INDEX_KEY, f"sub:{client_id}".encode(), hashlib.sha256)
    return Cipher(algorithms.AES(key), modes.ECB())  # noqa: S305 a single block is what this mode is for
