"""Which machine asks, and who stands before it (自助服务机)?

An agency registers a terminal and gets a token, once; the machine proves itself by it. Whoever stands there is known
by a card or an e-credential, and let in by the PIN: `enter`. What they then read is their own record, written down as
read by themselves at this terminal.
"""

from yibao.services.terminals.entering import MACHINE_MAX, claimed_by_card, claimed_by_code, enter
from yibao.services.terminals.profiles import PROFILES, Profile
from yibao.services.terminals.registering import Registered, end, machine_of, register, registered

__all__ = [
    "MACHINE_MAX",
    "PROFILES",
    "Profile",
    "Registered",
    "claimed_by_card",
    "claimed_by_code",
    "end",
    "enter",
    "machine_of",
    "register",
    "registered",
]
