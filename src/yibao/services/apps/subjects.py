"""By which number does an app know the person for whom it asks?"""

from __future__ import annotations

from yibao.books.access.models import User
from yibao.services.apps.provider import sub_of
from yibao.services.permissions import Actor


def subject_of(actor: Actor) -> str:
    """The person's number for this app: that of the identity token, of the webhooks, and of FHIR."""
    user_id = User.objects.values_list("id", flat=True).get(person_id=actor.person_id)
    return sub_of(actor.user_id.hex, user_id)
