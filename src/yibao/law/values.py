"""What a rule may speak of: whole numbers with a declared range, and words for what is not known.

Money is integer fen (分), a rate is an integer in parts per million, a length of time is a number of months,
a calendar month is its number `year * 12 + month - 1`. There is no float and no clock here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Annotated, Any, NoReturn

MILLION = 1_000_000
UNLIMITED = 10**11
"""A limit that the law does not set (1,000,000,000 yuan): above every amount a rule may be given."""


@dataclass(frozen=True, slots=True)
class Range:
    """The bounds of an input, both included."""

    low: int
    high: int


Fen = Annotated[int, Range(0, 10**11)]
Ppm = Annotated[int, Range(0, MILLION)]
Index = Annotated[int, Range(0, 10 * MILLION)]
Months = Annotated[int, Range(0, 1200)]
Month = Annotated[int, Range(1900 * 12, 2200 * 12)]
Year = Annotated[int, Range(1900, 2200)]
Age = Annotated[int, Range(0, 130)]
Count = Annotated[int, Range(1, 100)]
Tier = Annotated[int, Range(0, 9)]
YesNo = Annotated[int, Range(0, 1)]


class Scheme(IntEnum):
    """Which insurance (险种)."""

    EMPLOYEE = 0
    RESIDENT = 1


class Status(IntEnum):
    """In work or retired (参保状态)."""

    ACTIVE = 0
    RETIRED = 1


class Sex(IntEnum):
    """As the certificate says (性别)."""

    FEMALE = 0
    MALE = 1


class Switched(IntEnum):
    """Whether one changes between the two insurances (职工医保与居民医保互换)."""

    NO = 0
    YES = 1


class Level(IntEnum):
    """The level of a hospital, or a pharmacy where it is paid like one (医院级别)."""

    COMMUNITY = 0
    ONE = 1
    TWO = 2
    THREE = 3
    PHARMACY = 4


class Category(IntEnum):
    """As whom a resident is insured (居民参保人群)."""

    ADULT = 0
    ELDERLY = 1
    CHILD = 2
    STUDENT = 3


class AidGroup(IntEnum):
    """Whom the government helps with the premium (困难群众的类别)."""

    NONE = 0
    DESTITUTE = 1
    LOW_INCOME = 2
    MONITORED = 3
    NEAR_POOR = 4
    ILLNESS_POOR = 5
    FORMER_POOR = 6


class FirstTime(IntEnum):
    """Whether one joins the employee scheme for the first time (首次参加职工医保)."""

    NO = 0
    YES = 1


class Reason(IntEnum):
    """Why one wants the money of the individual account (提取原因)."""

    DEATH = 0
    EMIGRATION = 1
    RESETTLED = 2
    TRANSFER_IMPOSSIBLE = 3
    MILITARY = 4
    CASH = 5


class Relation(IntEnum):
    """What a relative is to the holder of the account (亲属关系)."""

    SPOUSE = 0
    PARENT = 1
    CHILD = 2
    SIBLING = 3
    GRANDPARENT = 4
    GRANDCHILD = 5
    OTHER = 6


class Purpose(IntEnum):
    """What the shared money is for (共济用途)."""

    CARE = 0
    DRUGS = 1
    PREMIUM = 2
    CARE_INSURANCE = 3
    WELLNESS = 4


class Away(IntEnum):
    """Where one is treated, and what was arranged before: at home, or elsewhere (异地就医)."""

    HOME = 0
    FILED = 1
    REFERRED = 2
    UNFILED = 3


class Disease(IntEnum):
    """For which disease outpatient care has rules of its own (门诊慢特病)."""

    HYPERTENSION = 0
    DIABETES = 1
    BOTH = 2
    CHRONIC = 3
    SPECIAL = 4


class LawError(Exception):
    """Something that keeps a rule from giving a figure, told by its subclass."""


class Missing(LawError):
    """A figure of the law that nobody has found; `gap` says which, why, and what would settle it."""

    def __init__(self, gap: Gap) -> None:
        super().__init__(gap.path)
        self.gap = gap


class NeedsFact(LawError):
    """A fact about the person that the rule reads and nobody gave."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class _Refusing:
    """Any use raises, so that what is not known never becomes zero. Plain code pays nothing for it."""

    def error(self) -> LawError:
        """What is raised at any use."""
        raise NotImplementedError

    def _refuse(self, *_: object) -> NoReturn:
        raise self.error()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        self._refuse()

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __floordiv__ = __rfloordiv__ = _refuse
    __lt__ = __le__ = __gt__ = __ge__ = __neg__ = __getitem__ = __iter__ = __len__ = _refuse
    __index__ = __int__ = __bool__ = _refuse
    __eq__ = __ne__ = __hash__ = _refuse


class Gap(_Refusing):
    """Stands where the law is not known."""

    def __init__(self, path: str, why: str = "", settles: str = "", range_only: bool = False) -> None:
        self.path, self.why, self.settles, self.range_only = path, why, settles, range_only

    def error(self) -> LawError:
        return Missing(self)


class Unset(_Refusing):
    """Stands where a fact about the person is not given."""

    __hash__ = object.__hash__  # type: ignore[assignment]  # it may stand in the key of a table that does not look at it

    def __init__(self, name: str) -> None:
        self.name = name

    def error(self) -> LawError:
        return NeedsFact(self.name)


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """The rule does not speak of this person, and why: an answer, not an error."""

    reason: str


def month_number(year: int, month: int) -> int:
    """The number of a calendar month: months since the year 0.

    >>> month_number(2025, 1) - month_number(2024, 12)
    1
    """
    return year * 12 + month - 1


def month_text(number: int) -> str:
    """The calendar month of a number, as YYYY-MM.

    >>> month_text(month_number(2031, 11))
    '2031-11'
    """
    return f"{number // 12:04d}-{number % 12 + 1:02d}"
