"""How is a demo area made? Drawn, written down, posted month by month; one half made is finished by the same call."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.db import connection

from yibao.books.areas.models import Area, DemoMade
from yibao.law.areas import pooling_area
from yibao.services import clock
from yibao.services.answers.places import place_of
from yibao.services.demo.drawing import Draw
from yibao.services.demo.history import History
from yibao.services.demo.law import DemoLaw
from yibao.services.demo.money import Money
from yibao.services.demo.months import first_day, number_of
from yibao.services.demo.people import people as people_of
from yibao.services.demo.posting import Posting
from yibao.services.demo.residents import live_as_resident
from yibao.services.demo.working_life import WorkingLife, career, employers
from yibao.services.demo.writing import LEDGER, analyse, write_history
from yibao.services.people import NewPerson
from yibao.services.results import Done, Refused, RefusedError

MONTHS = 60
PEOPLE_MIN, PEOPLE_MAX = 20, 100_000
ASSUMED = (
    "人名、号码、单位、工资、工作经历和看病记录都是编的，不是任何人的。",
    "年龄按第七次人口普查的分布，工资按全国城镇单位的平均工资编。",
    "单位缴费比例，当地的规定查到了就用，没有查到的按9%编，只用来让账本平。",
    "个人账户从划入规定查得到的第一个月开账；以前的缴费月有记录，没有划入。",
    "账本开始以前的年限用一个结转数，2001年4月以前工作的月份编成视同缴费。",
    "没有灵活就业人员；居民只有查得到缴费标准的年份。",
)
"""What the demo made up, said wherever it is shown."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Made:
    """A finished demo; `was_there` where nothing had to be done."""

    area: str
    people: int
    first: date
    opens: date
    until: date
    was_there: bool


def begun() -> list[DemoMade] | None:
    """The demos that were begun, finished or not; None where this database has books that are no demo."""
    if Area.objects.filter(demo__isnull=True).exists():
        return None
    return list(DemoMade.objects.order_by("area"))


def make(
    people: int, seed: int, area: str, until: date, progress: Progress = lambda done, of: None
) -> Done[Made] | Refused:
    """Make a demo area of so many people with the five years that end with the month of `until`.

    The same arguments make the same books. A demo half made is finished; a finished one is left as it is. Refused:
    `people_out_of_range`, `unknown_area`, `ambiguous_area`, `area_is_no_pooling_area`, `month_is_not_over`,
    `area_has_books`, `allocation_law_has_a_gap`, `contribution_law_has_a_gap`, `allocated_by_year`.
    """
    try:
        code = _code(area)
        with _alone_and_unhurried(code):
            return Done(_make(people, seed, code, number_of(until), progress))
    except RefusedError as error:
        return error.refused


@contextmanager
def _alone_and_unhurried(area: str) -> Iterator[None]:
    """Of two who make the same demo at once, one waits and finds it made.

    Commits do not wait for the disk meanwhile: what a crash of the server takes back is posted again by the same
    call, since it goes in the order of the months. The demo is reported as made only after the disk has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext('demo'), hashtext(%s))", [area])
        cursor.execute("SET synchronous_commit = off")
        try:
            yield
        finally:
            if not connection.needs_rollback:
                cursor.execute("RESET synchronous_commit")
                cursor.execute("SELECT pg_advisory_unlock(hashtext('demo'), hashtext(%s))", [area])


def _code(area: str) -> str:
    """The code of the pooling area that a text names."""
    place = place_of(area)
    pool = pooling_area(place.code)
    if pool is None or pool.code != place.code:
        raise RefusedError("area_is_no_pooling_area", f"{place.name}不是一个统筹区，账本要建在统筹区，请写到市。")
    return place.code


def _make(people: int, seed: int, area: str, until: int, progress: Progress) -> Made:
    if not PEOPLE_MIN <= people <= PEOPLE_MAX:
        raise RefusedError("people_out_of_range", f"演示的人数应是{PEOPLE_MIN}到{PEOPLE_MAX}，不是{people}。")
    if first_day(until + 1) > clock.today():
        raise RefusedError("month_is_not_over", f"{first_day(until):%Y-%m}还没有过完，请写已经过完的月份。")
    made = _there(people, seed, area, until)
    law = DemoLaw(area, until - MONTHS + 1, until)
    was_there = made is not None and made.is_finished
    if not was_there:
        _fill(made, law, people, seed, progress)
    return Made(area, people, first_day(law.first), first_day(law.opens), first_day(until), was_there)


def _there(people: int, seed: int, area: str, until: int) -> DemoMade | None:
    """The demo that was begun or finished with the same arguments; refuses other books of the area."""
    if not Area.objects.filter(code=area).exists():
        return None
    made: DemoMade | None = DemoMade.objects.filter(area=area).first()
    if made is None:
        raise RefusedError("area_has_books", f"{area} 已经有真实的账本，不能再建演示。")
    if (made.people, made.seed, made.until) != (people, seed, first_day(until)):
        told = f"--people {made.people} --seed {made.seed} --until {made.until:%Y-%m}"
        raise RefusedError("area_has_books", f"{area} 已经有一个演示（{told}），一个地方只能有一个。")
    return made


def _fill(made: DemoMade | None, law: DemoLaw, people: int, seed: int, progress: Progress) -> None:
    steps = 2 + law.until - law.opens + 1
    everybody, history = drawn(law, people, seed)
    progress(1, steps)
    if made is None:
        made = DemoMade(area_id=law.area, people=people, seed=seed, until=first_day(law.until))
        write_history(made, law, everybody, history)
    progress(2, steps)
    posting = Posting(law.area, history, law.opens)
    begin = law.opens if made.posted_until is None else number_of(made.posted_until) + 1
    for month in range(begin, law.until + 1):
        posting.month(month)
        made.posted_until = first_day(month)
        made.save(update_fields=["posted_until"])
        if month == begin:
            analyse(LEDGER)
        progress(3 + month - law.opens, steps)
    analyse(LEDGER)
    made.is_finished = True
    with connection.cursor() as cursor:
        cursor.execute("RESET synchronous_commit")  # with this commit all those before it are on the disk
    made.save(update_fields=["is_finished"])


def drawn(law: DemoLaw, count: int, seed: int) -> tuple[list[NewPerson], History]:
    """The people of a demo and all that happened to them, without touching the books."""
    draw = Draw(law.area, count, seed)
    everybody = people_of(draw, law.area, count, law.until)
    history = History(employers(draw, law.area, count))
    life = WorkingLife(draw, law, history, [one.weight for one in history.employers])
    for person in everybody:
        path = career(draw, law, person)
        if path:
            life.live(person, path)
        else:
            live_as_resident(draw, law, history, person)
    Money(draw, law, history).draw_for(everybody)
    return everybody, history
