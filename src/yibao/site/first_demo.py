"""Which demo does `make run` make, the first time, and how does one sign in to it?

An installation without any books gets the demo areas below. One that was interrupted is finished. Where an agency has
books of its own, nothing is ever made up beside them.
"""

import os
import sys
import time
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple


class FirstDemo(NamedTuple):
    """A demo area that a new installation gets."""

    people: int
    seed: int
    area: str


FIRST = (FirstDemo(20_000, 1, "110000"), FirstDemo(2_000, 1, "500000"))


def is_wanted(*, no_demo: bool) -> bool:
    """Whether demo areas may be made: neither the option nor YIBAO_DEMO=0 says no."""
    return not no_demo and os.environ.get("YIBAO_DEMO", "1") != "0"


def make_first_demo() -> list[str]:
    """Finish what was interrupted; make what a new installation lacks. A refusal is told, and the site is served.

    What comes back is shown once: how to sign in at the demo's counter, where that was made just now.
    """
    from yibao.services.clock import today
    from yibao.services.demo import begun
    from yibao.services.staff import make_demo

    there = begun()
    if there is None:
        return []
    last_month = (today().replace(day=1) - timedelta(1)).replace(day=1)
    for one in there:
        if not one.is_finished:
            _make(FirstDemo(one.people, one.seed, one.area_id), one.until)
    known = {FirstDemo(one.people, one.seed, one.area_id) for one in there}
    if known <= set(FIRST):
        for missing in FIRST:
            if missing not in known:
                _make(missing, last_month)
    return make_demo()


def _make(one: FirstDemo, until: date) -> None:
    from tqdm import tqdm

    from yibao.services.demo import make
    from yibao.services.results import Refused

    words = f"{one.area} 的 {one.people} 个编的人 · {one.people} made-up people"
    print(f"== 建立演示数据：{words}", flush=True)
    begin = time.monotonic()
    with tqdm(unit="步", leave=False, disable=None) as bar:

        def progress(done: int, of: int) -> None:
            bar.total = of
            bar.update(done - bar.n)

        made = make(one.people, one.seed, one.area, until, progress)
    if isinstance(made, Refused):
        print(made.message, file=sys.stderr)
    else:
        print(f"   {time.monotonic() - begin:.0f} 秒 · seconds", flush=True)


def sign_in_lines(shown_once: Sequence[str] = ()) -> list[str]:
    """How to sign in to each demo area that is there, and at its counter."""
    from yibao.services.demo import begun, how_to_sign_in
    from yibao.services.staff import demo_lines

    there = begun()
    if not there:
        return []
    return [line for one in there for line in how_to_sign_in(one.area_id)] + demo_lines(shown_once)
