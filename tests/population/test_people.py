"""Are made-up people what the statistics say, always the same, and never outside what a rule may be given?"""

from datetime import date
from fractions import Fraction
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
import yaml

from yibao.law.parameters.resolving import resolve
from yibao.law.registry import in_force
from yibao.law.rules.retirement_age import RetirementAgeLaw
from yibao.law.values import MILLION, Scheme, Status, month_number
from yibao.population.columns import declared
from yibao.population.errors import PopulationError
from yibao.population.people import making, statistics
from yibao.population.people.synthetic import People

ON = date(2025, 10, 31)
MANY = 200_000
SIGMAS = 5


@pytest.fixture(scope="module")
def beijing() -> dict[str, np.ndarray]:
    return People("北京", ON).batch(0, MANY)


def expect_share(found: np.ndarray, share: Fraction) -> None:
    """A share of draws that are independent: within five standard deviations, and what a draw of 16 bits rounds."""
    p = float(share)
    tolerance = SIGMAS * (p * (1 - p) / len(found)) ** 0.5 + 2**-16
    assert abs(found.mean() - p) < tolerance, (found.mean(), p)


def test_shares_are_those_that_were_published(beijing: dict[str, np.ndarray]) -> None:
    """统计公报 2025: 133,069.39万 insured; in the employee scheme 28,062.32万 in work, 10,793.80万 retired."""
    insured, working, retired = 1_330_693_900, 280_623_200, 107_938_000
    employee, is_retired = beijing["scheme"] == Scheme.EMPLOYEE, beijing["status"] == Status.RETIRED
    expect_share(employee & ~is_retired, Fraction(working, insured))
    expect_share(employee & is_retired, Fraction(retired, insured))
    expect_share(beijing["flexible"][employee & ~is_retired], Fraction(69_821_800, working + retired))
    expect_share(beijing["aid_group"][~employee] > 0, Fraction(76_664_700, 942_132_700))


def test_ages_and_sexes_are_those_of_the_census(beijing: dict[str, np.ndarray]) -> None:
    everybody = 1_409_778_724
    for low, high, people in ((0, 14, 253_383_938), (65, 104, 190_635_280), (35, 39, 99_012_932)):
        expect_share((beijing["age"] >= low) & (beijing["age"] <= high), Fraction(people, everybody))
    young = beijing["age"] < 5
    expect_share(beijing["sex"][young], Fraction(526_000, MILLION))


def test_the_table_of_ages_adds_up_to_the_census() -> None:
    told = yaml.safe_load((Path(statistics.__file__).parent / "statistics.yaml").read_text(encoding="utf-8"))
    groups = told["figures"]["ages"]["rows"]
    assert sum(people for _, _, people in groups) == 1_409_778_724
    assert [low for low, _, _ in groups[1:]] == [high + 1 for _, high, _ in groups[:-1]]


def test_the_mean_wage_is_that_of_the_area() -> None:
    """北京 2025: the ceiling of 35,811 yuan is three times 11,937; before limits of the base it is the mean."""
    people = People("北京", ON)
    assert people.place.wage == 35_811_00 // 3 == 11_937_00
    mean = people.wages.sum() / len(people.wages)
    assert 11_937_00 - 100 < mean <= 11_937_00  # cut to whole yuan
    cut = np.clip(people.wages, 7_162_00, 35_811_00)
    drawn = people.batch(0, MANY)
    own = (drawn["scheme"] == Scheme.EMPLOYEE) & (drawn["status"] == Status.ACTIVE) & (drawn["flexible"] == 0)
    found = drawn["base"][own]
    assert abs(found.mean() - cut.mean()) < SIGMAS * cut.std() / len(found) ** 0.5


@pytest.mark.parametrize("area", ["北京", "重庆", "深圳", "合肥"])
@pytest.mark.parametrize("on", [ON, date(2024, 6, 30)])
def test_no_value_lies_outside_what_a_rule_may_be_given(area: str, on: date) -> None:
    for name, values in People(area, on, seed=9).batch(123_456, 30_000).items():
        bounds = declared().get(name)
        if bounds is not None:
            assert bounds.low <= values.min(), name
            assert values.max() <= bounds.high, name


def test_whoever_has_reached_the_age_of_the_law_is_retired(beijing: dict[str, np.ndarray]) -> None:
    law = resolve(RetirementAgeLaw, "110000", ON)
    rule = in_force("retirement_age", ON).function
    now = month_number(2025, 10)
    for row in range(0, 3000, 7):
        sex, old_age, born = (int(beijing[name][row]) for name in ("sex", "old_age", "born"))
        assert beijing["retires"][row] == rule(law, sex, old_age, born).retires_on
        employee = beijing["scheme"][row] == Scheme.EMPLOYEE
        assert (beijing["status"][row] == Status.RETIRED) == (employee and beijing["retires"][row] <= now)
        assert beijing["age"][row] == (now - born) // 12


def test_months_agree_with_each_other(beijing: dict[str, np.ndarray]) -> None:
    now = month_number(2025, 10)
    end = np.minimum(np.where(beijing["scheme"] == Scheme.EMPLOYEE, beijing["retires"], now), now)
    span = np.maximum(end - beijing["joined"].astype(int), 0)
    assert (beijing["paid_months"] + beijing["gap_months"] <= span).all()
    assert (beijing["local_months"] <= beijing["paid_months"]).all()
    assert (beijing["continuous_months"] <= beijing["paid_months"]).all()
    assert (beijing["repaid_years"] <= beijing["missed_years"]).all()
    assert (beijing["joined"] >= beijing["born"]).all()


def test_families_have_the_sizes_that_are_assumed(beijing: dict[str, np.ndarray]) -> None:
    sizes = np.bincount(beijing["family_id"][:21])
    assert sizes.tolist() == [1, 2, 3, 4, 2, 3, 3, 3]
    assert Fraction(21, 8) == Fraction("2.625")


def test_any_part_can_be_made_alone() -> None:
    people = People("重庆", ON, seed=4)
    whole = people.batch(0, 5000)
    parts = [People("重庆", ON, seed=4).batch(start, 1250) for start in (0, 1250, 2500, 3750)]
    for name, values in whole.items():
        assert (np.concatenate([part[name] for part in parts]) == values).all(), name
    other = People("重庆", ON, seed=5).batch(0, 5000)
    assert (other["age"] != whole["age"]).any()


def test_the_same_call_gives_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "PART", 3000)
    for name, threads in (("a", 1), ("b", 2)):
        making.make(10_000, "北京", ON, tmp_path / name, claims=tmp_path / f"{name}-stays", threads=threads)
    for folder in ("", "-stays"):
        files = sorted(path.name for path in (tmp_path / f"a{folder}").glob("*.parquet"))
        assert len(files) == 4
        for file in files:
            assert (tmp_path / f"a{folder}" / file).read_bytes() == (tmp_path / f"b{folder}" / file).read_bytes()


def test_what_is_finished_is_not_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "PART", 3000)
    made = making.make(10_000, "北京", ON, tmp_path / "people")
    before = {path: path.stat().st_mtime_ns for path in made.files}
    made.files[2].unlink()
    making.make(10_000, "北京", ON, tmp_path / "people")
    after = {path: path.stat().st_mtime_ns for path in made.files}
    assert [path for path in made.files if before[path] != after[path]] == [made.files[2]]
    assert sum(pq.read_metadata(path).num_rows for path in made.files) == 10_000
    with pytest.raises(PopulationError, match="另一批人"):
        making.make(10_001, "北京", ON, tmp_path / "people")


@pytest.mark.parametrize(("area", "said"), [("浙江", "不是统筹区"), ("吉林", "可能指"), ("没有的地方", "没有")])
def test_what_is_no_pooling_area_is_refused(area: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(PopulationError, match=said):
        making.make(10, area, ON, tmp_path / "people.parquet")
    assert list(tmp_path.iterdir()) == []


def test_every_figure_is_cited_and_every_assumption_has_its_reason() -> None:
    told = yaml.safe_load((Path(statistics.__file__).parent / "statistics.yaml").read_text(encoding="utf-8"))
    for name, figure in told["figures"].items():
        for entry in figure.get("years", {0: figure}).values():
            assert entry["cite"] in told["documents"], name
            assert entry["grade"] in ("official", "reported", "unverified"), name
    assert all(entry.get("why") for entry in told["assumed"].values())
    page = (Path(__file__).parents[2] / "docs" / "population.md").read_text(encoding="utf-8")
    assert [name for name in (*told["figures"], *told["assumed"]) if f"`{name}`" not in page] == []
