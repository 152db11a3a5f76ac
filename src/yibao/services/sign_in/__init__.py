"""How does an insured person sign in: by the number of a certificate and a code, and never by a password (登录)?

django-allauth keeps the code and signs in; here stands what is ours: whom a number means, where the code goes, how
often one may try, and that nothing tells a stranger whether a number is known.
"""

from yibao.services.sign_in.counter import issue_counter_code, take_counter_code
from yibao.services.sign_in.limits import (
    clear_wrong_codes,
    locked,
    may_ask_for_code,
    purge_expired,
    wrong_code,
)
from yibao.services.sign_in.who import Typed, Who, checked_name, checked_number, checked_phone, who

__all__ = [
    "Typed",
    "Who",
    "checked_name",
    "checked_number",
    "checked_phone",
    "clear_wrong_codes",
    "issue_counter_code",
    "locked",
    "may_ask_for_code",
    "purge_expired",
    "take_counter_code",
    "who",
    "wrong_code",
]
