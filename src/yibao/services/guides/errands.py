"""What belongs beside an answer: where one looks it up, what to bring, how long it takes, what it costs. Data.

All of it are statements of the law in words, named by topic and key, so that each area tells its own: a channel is
shown only in the area whose file names it. What no statement tells is not known, and the guide says so.
"""

from __future__ import annotations

from typing import NamedTuple

Key = tuple[str, str]


class Errand(NamedTuple):
    """Of a guide: the topics whose steps tell where to look it up, and the statements for what one asks next."""

    ways: tuple[str, ...] = ()
    bring: tuple[Key, ...] = ()
    time: tuple[Key, ...] = ()
    cost: tuple[Key, ...] = ()


LOOK = (("balance", "window"),)
RECORD = (("contributions", "window"),)
BILL = (("claim-progress", "papers"),)
BILL_DAYS = (("claim-progress", "manual"),)
MOVE_DAYS = (("claim-progress", "transfer"),)
REGISTER_DAYS = (("claim-progress", "register"),)
ERRANDS: dict[str, Errand] = {
    "allocation": Errand(("balance",), bring=LOOK, cost=LOOK),
    "contribution-years": Errand(("contributions",), bring=RECORD, cost=RECORD),
    "retirement-age": Errand(),
    "pension": Errand(time=(("claim-progress", "pension"),)),
    "inpatient": Errand(("claim-progress",), bring=BILL, time=BILL_DAYS),
    "outpatient": Errand(("credential",), bring=(("credential", "use"), ("credential", "for_others")), time=BILL_DAYS),
    "premium": Errand(("paying", "contributions")),
    "withdrawal": Errand(("balance",), time=(("claim-progress", "death"),)),
    "family-sharing": Errand(("balance", "credential")),
    "gap": Errand(("contributions", "paying"), bring=RECORD, cost=RECORD),
    "transfer": Errand(("enrolment", "claim-progress"), time=MOVE_DAYS),
    "balance": Errand(bring=LOOK, cost=LOOK),
    "contributions": Errand(bring=RECORD, cost=RECORD),
    "enrolment": Errand(("claim-progress",), time=(("enrolment", "registered"), *MOVE_DAYS)),
    "paying": Errand(("contributions",), time=(("paying", "resident"),)),
    "claim-progress": Errand(bring=BILL, time=(*BILL_DAYS, ("claim-progress", "maternity"), *REGISTER_DAYS)),
    "credential": Errand(bring=(("credential", "counter"), ("credential", "for_others"))),
    "waiting-period": Errand(("contributions",), bring=RECORD, cost=RECORD),
    "back-payment": Errand(("contributions", "paying"), bring=RECORD, cost=RECORD),
    "double-payment": Errand(("contributions",), time=MOVE_DAYS, cost=(("double-payment", "look"),)),
    "pension-adjustment": Errand(),
    "chronic": Errand(("credential",), bring=(("chronic", "help"),)),
    "out-of-area": Errand(
        ("credential",), bring=(("out-of-area", "papers"), *BILL), time=(("out-of-area", "manual_days"),)
    ),
    "maternity": Errand(
        ("claim-progress",), bring=(("maternity", "allowance_apply"),), time=(("claim-progress", "maternity"),)
    ),
    "fraud-warning": Errand(bring=(("fraud-warning", "proxy"),)),
}
ASKED = {"bring": "要带什么", "time": "要等多久", "cost": "收不收钱"}
"""What one asks of an errand, as the guide heads it."""
ALONGSIDE = ("helped",)
"""Rules of a topic that are told with its ways: who may be helped."""
