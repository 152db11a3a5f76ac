"""How are sessions kept so that whoever copies the tables can neither read nor take one over?

What a session holds is sealed (a code, a certificate number while somebody signs in), and it is found by a blind index
of its key: the key itself stands in the cookie only.
"""

from __future__ import annotations

import base64
import json
from datetime import datetime
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from yibao.services.sealing import SealBroken, blind_index, seal, unseal


class SessionStore(db.SessionStore):  # type: ignore[misc]  # Django is untyped
    """Django's sessions in the database, sealed."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        """What is kept of a session."""
        return base64.b64encode(seal(json.dumps(session_dict), what="session")).decode()

    def decode(self, session_data: str) -> dict[str, Any]:
        """The session again; an empty one where it was sealed by another key."""
        try:
            held: dict[str, Any] = json.loads(unseal(base64.b64decode(session_data), what="session"))
        except (SealBroken, ValueError):
            return {}
        return held

    def _get_session_from_db(self) -> Session | None:
        found = self.model.objects.filter(
            session_key=_found_by(self.session_key), expire_date__gt=timezone.now()
        ).first()
        if found is None:
            self._session_key = None  # a key that the cookie made up is never taken over
        return found

    def exists(self, session_key: str) -> bool:
        """Whether there is a session of this key."""
        return bool(self.model.objects.filter(session_key=_found_by(session_key)).exists())

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row of this session."""
        expires: datetime = self.get_expiry_date()
        key = _found_by(self._get_or_create_session_key())
        return self.model(session_key=key, session_data=self.encode(data), expire_date=expires)

    def delete(self, session_key: str | None = None) -> None:
        """End a session, this one unless told."""
        ended = session_key or self.session_key
        if ended is not None:
            self.model.objects.filter(session_key=_found_by(ended)).delete()


def _found_by(session_key: str | None) -> str:
    return blind_index(session_key or "", what="session").hex()[:40]
