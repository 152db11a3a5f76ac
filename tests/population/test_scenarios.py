"""Is a typed change of the law read as it is meant, and refused in one sentence where it means nothing?"""

from datetime import date

import pytest

from yibao.law.parameters.resolving import resolve
from yibao.law.rules.allocation import AllocationLaw, RetiredBy
from yibao.law.rules.inpatient import InpatientLaw
from yibao.law.values import Gap, Level, Scheme, Status
from yibao.population.amounts import ScenarioError
from yibao.population.scenarios import Scenario, known, shapes

ON = date(2025, 6, 1)
BEIJING, CHONGQING = "110000", "500000"


def allocation(*changes: str, area: str = CHONGQING) -> AllocationLaw:
    return Scenario(changes, (area,), ON).law(AllocationLaw, area, ON)


def inpatient(*changes: str, area: str = BEIJING) -> InpatientLaw:
    return Scenario(changes, (area,), ON).law(InpatientLaw, area, ON)


def bands(*changes: str) -> list[tuple[int, int]]:
    """重庆 today: 105 yuan, from 70 on 115 yuan."""
    return [(band.from_age, band.amount) for band in allocation(*changes).retired_bands]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("allocation.retired_bands=x2.5%/2%", [(0, 10_500 * 25 // 20), (70, 11_500 * 25 // 20)]),
        ("allocation.retired_bands=x0.333", [(0, 3_497), (70, 3_830)]),  # 3,496.5 and 3,829.5: the half upwards
        ("allocation.retired_bands=+10yuan", [(0, 11_500), (70, 12_500)]),
        ("allocation.retired_bands.2.amount=-10.5yuan", [(0, 10_500), (70, 10_450)]),
        ("allocation.retired_bands.2.amount=120yuan", [(0, 10_500), (70, 12_000)]),
        ("allocation.retired_bands.2.from_age=75", [(0, 10_500), (75, 11_500)]),
        ("allocation.retired_bands+=80:120yuan", [(0, 10_500), (70, 11_500), (80, 12_000)]),
        ("allocation.retired_bands+=60:110yuan", [(0, 10_500), (60, 11_000), (70, 11_500)]),
        ("allocation.retired_bands+=70:120yuan", [(0, 10_500), (70, 12_000)]),
        ("allocation.retired_bands-=70", [(0, 10_500)]),
        ("allocation.retired_bands=area:110000", [(0, 10_000), (70, 11_000)]),
        ("allocation.retired_bands=area:北京", [(0, 10_000), (70, 11_000)]),
    ],
)
def test_bands_change_as_typed(change: str, expected: list[tuple[int, int]]) -> None:
    assert bands(change) == expected


def test_changes_are_made_one_after_another() -> None:
    assert bands("allocation.retired_bands=x2", "allocation.retired_bands.1.amount=+1yuan") == [
        (0, 21_100),
        (70, 23_000),
    ]


def test_the_law_itself_stays() -> None:
    before = resolve(AllocationLaw, CHONGQING, ON)
    assert bands("allocation.retired_bands=x2") != [(b.from_age, b.amount) for b in before.retired_bands]
    assert resolve(AllocationLaw, CHONGQING, ON) is before
    untouched = Scenario(("allocation.retired_bands=x2",), (CHONGQING,), ON).law(AllocationLaw, BEIJING, ON)
    assert [band.amount for band in untouched.retired_bands] == [10_000, 11_000]


def test_a_gap_is_filled_where_it_alone_is_named() -> None:
    assert isinstance(resolve(AllocationLaw, CHONGQING, ON).retired_rate, Gap)
    changed = allocation(
        "allocation.retired_by=average", "allocation.average_pension=5250yuan", "allocation.retired_rate=2.5%"
    )
    assert (changed.retired_by, changed.average_pension, changed.retired_rate) == (RetiredBy.AVERAGE, 525_000, 25_000)


def test_a_whole_subject_of_another_area_or_day() -> None:
    other = allocation("allocation=area:110000")
    assert [band.amount for band in other.retired_bands] == [10_000, 11_000]
    assert (other.large_amount_fee, other.long_term_care_fee) == (300, 0)
    assert allocation("allocation=on:2024-06-01").long_term_care_fee == 525  # 550 since 2025


def deductible(law: InpatientLaw, scheme: Scheme, level: Level) -> list[int] | None:
    found = law.deductibles[scheme, level, Status.ACTIVE, 0, False]
    return None if isinstance(found, Gap) else [row.amount for row in found]


def test_deductibles_of_beijing_halved_and_its_gap_stays_a_gap() -> None:
    law = inpatient("inpatient.deductibles=x0.5")
    assert deductible(law, Scheme.EMPLOYEE, Level.THREE) == [65_000, 32_500]
    assert deductible(law, Scheme.RESIDENT, Level.TWO) == [40_000]
    assert deductible(law, Scheme.RESIDENT, Level.COMMUNITY) is None


@pytest.mark.parametrize(
    "path", ["employee.three", "employee.3", "three.employee", "employee.level:3", "scheme:employee.level:three"]
)
def test_a_cell_that_the_law_does_not_tell_apart_is_split(path: str) -> None:
    law = inpatient(f"inpatient.deductibles.{path}=x0.5")
    assert deductible(law, Scheme.EMPLOYEE, Level.THREE) == [65_000, 32_500]
    assert deductible(law, Scheme.EMPLOYEE, Level.TWO) == [130_000, 65_000]
    assert deductible(law, Scheme.RESIDENT, Level.THREE) == [130_000]


def test_rates_of_some_cells() -> None:
    law = inpatient("inpatient.segments.employee.retired=+1%")
    rows = {status: law.segments[Scheme.EMPLOYEE, Level.TWO, status, 0, 40] for status in Status}
    assert [row.rate for row in rows[Status.ACTIVE]] == [870_000, 920_000, 970_000]
    assert [row.rate for row in rows[Status.RETIRED]] == [932_000, 962_000, 992_000]
    assert [row.upper for row in rows[Status.RETIRED]] == [3_000_000, 4_000_000, 10**11]


@pytest.mark.parametrize(
    ("change", "code", "word"),
    [
        ("allocation.retired_rate", "bad_change", "请写成"),
        ("=2%", "bad_change", "请写成"),
        ("foo=2%", "unknown_parameter", "最接近"),
        ("allocation=2%", "unknown_parameter", "allocation.retired_by"),
        ("allocation.retired_rates=2%", "unknown_parameter", "allocation.retired_rate"),
        ("allocation.retired_bands.5.amount=2yuan", "unknown_parameter", "allocation.retired_bands.2.amount"),
        ("allocation.retired_bands.employee=2yuan", "unknown_parameter", "allocation.retired_bands.1.amount"),
        ("allocation.retired_rate=2.5", "unit_missing", "2.5%"),
        ("allocation.retired_rate=0", "unit_missing", "比例"),
        ("allocation.retired_rate=5yuan", "unit_missing", "比例"),
        ("allocation.retired_bands=100", "unit_missing", "元"),
        ("allocation.retired_bands=+10", "unit_missing", "元"),
        ("allocation.retired_bands=+1%", "unit_missing", "元"),
        ("allocation.retired_bands.1.from_age=3yuan", "unit_missing", "整数"),
        ("allocation.retired_bands=x5yuan", "bad_value", "单位"),
        ("allocation.retired_bands=x1/0", "bad_value", "除以0"),
        ("allocation.retired_bands=-500yuan", "bad_value", "小于0"),
        ("allocation.retired_rate=101%", "bad_value", "100%"),
        ("allocation.retired_by=age", "bad_value", "month_bands"),
        ("allocation.has_account=maybe", "bad_value", "yes"),
        ("allocation.retired_bands+=80", "bad_value", "from_age:amount"),
        ("allocation.retired_rate+=80:2%", "bad_value", "不是表"),
        ("allocation.retired_bands-=75", "nothing_there", "75"),
        ("allocation.retired_bands.2.from_age=0", "bad_value", "接不上"),
        ("allocation.own_rate=x2", "nothing_there", "没有查到"),
        ("allocation.retired_bands=area:火星", "unknown_area", "火星"),
        ("allocation.retired_bands=on:2024-13-01", "bad_date", "日子"),
        ("allocation.retired_bands=" + "9" * 300, "bad_change", "请写成"),
    ],
)
def test_what_means_nothing_is_refused(change: str, code: str, word: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        allocation(change)
    assert refused.value.code == code
    assert word in refused.value.message


def test_segments_must_follow_one_another() -> None:
    with pytest.raises(ScenarioError, match="接不上"):
        inpatient("inpatient.segments.employee.3.active.1.upper=20000yuan")
    both = (
        "inpatient.segments.employee.3.active.1.upper=20000yuan",
        "inpatient.segments.employee.3.active.2.lower=20000yuan",
    )
    rows = inpatient(*both).segments[Scheme.EMPLOYEE, Level.THREE, Status.ACTIVE, 0, 40]
    assert [(row.lower, row.upper) for row in rows][:2] == [(0, 2_000_000), (2_000_000, 4_000_000)]


def test_two_subjects_are_refused() -> None:
    with pytest.raises(ScenarioError, match="一件事"):
        allocation("allocation.retired_rate=2%", "inpatient.deductibles=x2")


def test_a_change_tells_before_and_after_with_its_documents() -> None:
    (change,) = Scenario(("allocation.retired_bands=x2.5%/2%",), (CHONGQING,), ON).changes(CHONGQING)
    assert [line.text for line in change.before] == ["105.00 元", "115.00 元"]
    assert [line.text for line in change.after] == ["131.25 元", "143.75 元"]
    assert [one.grade for one in change.before_cited] == ["official"]
    assert change.after_cited == ()
    (taken,) = Scenario(("allocation.retired_bands=area:110000",), (CHONGQING,), ON).changes(CHONGQING)
    assert [one.area for one in taken.after_cited] == [BEIJING]


def test_a_change_that_changes_nothing_says_so() -> None:
    (change,) = Scenario(("allocation.retired_bands.1.amount=105yuan",), (CHONGQING,), ON).changes(CHONGQING)
    assert change.is_none


def test_every_parameter_of_every_area_can_be_told() -> None:
    for subject in {subject for subject, _ in shapes()}:
        for area in (BEIJING, CHONGQING, "310000", "440300"):
            for change in known(subject, area, ON):
                assert all(line.text for line in change.before), change.path


@pytest.mark.parametrize("path", ["no", "flexible:no"])
def test_a_cell_may_be_named_with_its_dimension(path: str) -> None:
    law = allocation(f"allocation.has_account.{path}=no")
    assert (law.has_account[False, 0], law.has_account[True, 2]) == (False, True)
