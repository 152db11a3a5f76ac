"""How many telephones at once, how many keys are misread, how long is the longest hole in what they hear?

SIPp calls, and each call asks the real conversation at what age somebody retires, with up to 19 keys pressed while the
hotline speaks: the place, who it is, the birthday. The hotline, SIPp and a listener on the wire are processes of their
own; the listener takes the kernel's times. It needs root, SIPp, espeak-ng and sox.

calls_at_once        calls that were on at the same time
digits_wrong         keys that were read wrongly, or not at all
longest_rtp_gap_ms   the longest time between two packets of sound of one call, of all calls
"""

import itertools

from tests.sip.drill import drill, missing

from benchmarks.books import own_books
from benchmarks.measuring import PeerMissingError, Result, Row

CALLS, HEARS_S = 60, 20
LIMITS = {"digits_wrong": 0, "longest_rtp_gap_ms": 60}
AT_LEAST = {"calls_at_once": CALLS}


def run() -> Result:
    """One drill."""
    if missing():
        raise PeerMissingError(missing())
    with own_books():
        heard = drill(CALLS, hears=HEARS_S)
    if heard.failed:
        raise PeerMissingError(heard.failed)
    wrong = sum(a != b for call in heard.calls for a, b in itertools.zip_longest(call.pressed, call.read))
    streams = [call.stream for call in heard.calls]
    lost = sum(stream.lost for stream in streams)
    gaps = [stream.longest_gap_ms for stream in streams]
    figures = {"calls_at_once": heard.at_once, "digits_wrong": wrong, "longest_rtp_gap_ms": heard.longest_gap_ms}
    figures["packets_lost"] = lost
    speech = [100 * stream.speech / stream.packets for stream in streams]
    table = [
        Row("longest hole in each call", gaps, "ms", wrong + lost),
        Row("packets that are speech, not a pause", speech, "%"),
    ]
    return Result(CALLS, figures, table, (f"{CALLS} calls of {10 + HEARS_S} s and more, {len(streams)} heard",))
