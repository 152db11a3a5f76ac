"""Which apps of others may ask for a person's record, and is this request from one of them (OAuth 2.1, OpenID Connect)?

django-allauth issues codes and tokens; here stands what is ours: who registers an app, what a person is asked and
allows and for how long, and whose record a token opens. `actor_of_token(token)` gives `Done(Actor("app", …))` with
`person_id`, `scopes` and `name`, or a refusal with the code `token_not_valid`, which every channel tells as 401.
"""

from yibao.services.apps.consents import DAYS, Allowed, Asking, allow, allowed, asking, end_consent, forget_expired
from yibao.services.apps.registering import Registered, add_app, apps, end_app
from yibao.services.apps.sandbox import register_sandbox_app, sandbox_people, sandbox_token
from yibao.services.apps.tokens import TOKEN_NOT_VALID, actor_of_token

__all__ = [
    "DAYS",
    "TOKEN_NOT_VALID",
    "Allowed",
    "Asking",
    "Registered",
    "actor_of_token",
    "add_app",
    "allow",
    "allowed",
    "apps",
    "asking",
    "end_app",
    "end_consent",
    "forget_expired",
    "register_sandbox_app",
    "sandbox_people",
    "sandbox_token",
]
