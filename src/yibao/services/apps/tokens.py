"""Whose record does a bearer token open, and what of it?"""

from __future__ import annotations

from uuid import UUID

from allauth.idp.oidc.models import Token
from django.utils import timezone

from yibao.books.consents.models import Consent
from yibao.services.permissions import Actor
from yibao.services.results import Done, Refused

TOKEN_NOT_VALID = Refused("token_not_valid", "令牌不对、过期了，或者本人已经收回授权。请让本人重新同意一次。")
"""Unknown, run out, taken back: from outside they look alike."""
LONGEST = 4096


def actor_of_token(token: str) -> Done[Actor] | Refused:
    """The app that holds this token, as it may read for the person who consented: two statements, nothing written.

    What the token was issued for and what the person allows now must both cover a part of the record.
    """
    if not token or len(token) > LONGEST:
        return TOKEN_NOT_VALID
    held = (
        Token.objects.valid()
        .by_value(token)
        .filter(type=Token.Type.ACCESS_TOKEN, user__is_active=True, user__person__isnull=False)
        .select_related("client", "user")
        .first()
    )
    if held is None or held.client is None:
        return TOKEN_NOT_VALID
    consent = Consent.objects.filter(
        app_id=held.client_id,
        user_id=held.user_id,
        ended_at=None,
        until__gt=timezone.now(),
        app__ended_at=None,
    ).first()
    if consent is None:
        return TOKEN_NOT_VALID
    scopes = frozenset(consent.scopes) & frozenset(held.get_scopes())
    return Done(Actor("app", UUID(held.client_id), held.user.person_id, scopes=scopes, name=held.client.name))
