"""Who works at the counter, for which areas, and how do they sign in (经办人员)?

A member of staff is a user without a person: a name, a password and a second factor (a code of an authenticator app, or
a passkey). Nothing of this touches how the insured sign in, and neither of the two opens the other's pages.
"""

from yibao.services.staff.factors import (
    FactorAdapter,
    app_address,
    check_app_code,
    has_app,
    has_factor,
    has_passkey,
    keep_app_key,
    new_app_key,
    set_up_app,
    user_of,
)
from yibao.services.staff.members import (
    Member,
    actor_of,
    add,
    close,
    demo_code,
    demo_lines,
    make_demo,
    member_of,
    members,
    reset,
)
from yibao.services.staff.passwords import Entered, check_password, choose_password

__all__ = [
    "Entered",
    "FactorAdapter",
    "Member",
    "actor_of",
    "add",
    "app_address",
    "check_app_code",
    "check_password",
    "choose_password",
    "close",
    "demo_code",
    "demo_lines",
    "has_app",
    "has_factor",
    "has_passkey",
    "keep_app_key",
    "make_demo",
    "member_of",
    "members",
    "new_app_key",
    "reset",
    "set_up_app",
    "user_of",
]
