"""People are told what happens to their records (通知): by the ways they chose, and always in the record itself.

tell(person_id, kind, key, fields)                    what happened, told by the service where it happens
collect()  send_due()                                 what `yibao notices send` does
mine(actor)                                           what somebody was told
wanted(actor)  choose(actor, …)  ask_email(…)  …      what somebody wants to be told
"""

from yibao.services.notices.choosing import (
    Wanted,
    add_device,
    ask_email,
    choose,
    confirm_email,
    end_device,
    end_email,
    wanted,
)
from yibao.services.notices.collecting import collect
from yibao.services.notices.kinds import kinds, texts
from yibao.services.notices.listing import Notices, mine
from yibao.services.notices.sending import Sent, send_due
from yibao.services.notices.telling import tell

__all__ = [
    "Notices",
    "Sent",
    "Wanted",
    "add_device",
    "ask_email",
    "choose",
    "collect",
    "confirm_email",
    "end_device",
    "end_email",
    "kinds",
    "mine",
    "send_due",
    "tell",
    "texts",
    "wanted",
]
