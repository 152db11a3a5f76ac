"""A token as the person's yes gives it, without the way to it, which has its own tests."""

from typing import Any

from allauth.idp.oidc.models import Token
from tests.services.apps.asked import app

from yibao.books.access.models import User
from yibao.services.apps import allow
from yibao.services.permissions import Actor
from yibao.services.results import Done


def token_of(person: Any, *scopes: str) -> str:
    """The token of a new app that a person allowed these subjects."""
    one, user = app(*scopes), User.objects.filter(person=person).first() or User.objects.create_user(person=person)
    assert isinstance(allow(Actor("self", user.pk, person.id), one.client_id, scopes, 90), Done)
    held = Token(client_id=one.client_id, user=user, type=Token.Type.ACCESS_TOKEN, expires_at=None)
    held.set_value(value := f"token of {one.client_id}")
    held.set_scopes(list(scopes))
    held.save()
    return value
