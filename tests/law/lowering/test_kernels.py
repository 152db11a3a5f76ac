"""Do kernels give figures where there is one, and a reason where there is none, whatever the columns are like?"""

import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from yibao.law.lowering.kernel import KEPT_S, Kernel, _written, kernel
from yibao.law.lowering.lower import lower
from yibao.law.parameters import Keyed
from yibao.law.registry import RuleError
from yibao.law.rules.allocation import AllocationLaw, Band, RetiredBy, allocation, allocation_net
from yibao.law.rules.gap import GapLaw, waiting_period
from yibao.law.rules.premium import BaseLimits, PremiumLaw, premium
from yibao.law.values import Gap, Range, Scheme, Status

LAW = AllocationLaw(
    retired_by=RetiredBy.MONTH_BANDS,
    retired_bands=(Band(0, 10_000), Band(70, 11_000)),
    has_account=Keyed.same(True),
    active_rate=Keyed.same(20_000),
    large_amount_fee=300,
    long_term_care_fee=0,
    active_large_amount_fee=0,
    active_care_rate=Keyed.same(0),
)
NET = ("allocation_net",)
ROWS = {
    "scheme": np.array([0, 0, 0, 1], np.int8),
    "status": np.array([0, 1, 1, 1], np.int8),
    "age": np.array([30, 69, 70, 70], np.int16),
    "base": np.array([1_000_025, 0, 0, 0]),
}
EXPECTED = [20_001, 9_700, 10_700, 0]  # 2 % half-up, 100 - 3, 110 - 3, none for a resident


def program(law: AllocationLaw = LAW, **how: Any) -> Any:
    return lower([allocation, allocation_net], [{AllocationLaw: law}], NET, **how)


def test_figures_and_reasons() -> None:
    found = kernel(program())(ROWS)
    assert found["allocation_net"].tolist() == EXPECTED
    assert found["reason"].tolist() == [0, 0, 0, 16]
    assert found["allocation_net"].dtype == np.int64
    assert found["reason"].dtype == np.int16
    assert program().reason_text(16).startswith("居民医保不建个人账户")


def test_a_change_of_the_law_changes_tables_and_not_the_text() -> None:
    changed = replace(LAW, retired_bands=(Band(0, 12_345), Band(75, 20_000)), large_amount_fee=500)
    before, after = Kernel(program(), 1), Kernel(program(changed), 1)
    assert before.text == after.text
    assert before.block is after.block
    assert after(ROWS)["allocation_net"].tolist() == [20_001, 11_845, 11_845, 0]


def test_only_the_columns_and_lines_that_a_figure_needs() -> None:
    gross = lower([allocation, allocation_net], [{AllocationLaw: LAW}], ("allocation_gross",))
    assert set(gross.inputs) == {"scheme", "status", "age", "base"}
    assert "deducted" not in {line.name for line in gross.code}


def test_a_gap_of_the_law_is_the_reason_of_those_who_meet_it() -> None:
    law = replace(LAW, retired_bands=Gap("allocation.retired_bands"), active_rate=Keyed.same(Gap("r", range_only=True)))
    found = kernel(program(law))(ROWS)
    assert found["reason"].tolist() == [4, 3, 3, 16]
    assert found["allocation_net"].tolist() == [0, 0, 0, 0]


def test_a_gap_of_a_later_rule_takes_only_its_own_figure() -> None:
    law = replace(LAW, large_amount_fee=Gap("allocation.large_amount_fee"))
    whole = lower([allocation, allocation_net], [{AllocationLaw: law}])
    found = kernel(whole)(ROWS)
    assert found["reason"].tolist() == [0, 0, 0, 16]
    assert found["allocation_gross"].tolist() == [20_001, 10_000, 11_000, 0]
    assert found[whole.reason_of()["allocation_net"]].tolist() == [0, 3, 3, 16]
    assert found["allocation_net"].tolist() == [20_001, 0, 0, 0]


def test_another_figure_of_the_same_rule_is_no_figure_of_this_name() -> None:
    whole = lower([allocation, allocation_net], [{AllocationLaw: replace(LAW, retired_by=RetiredBy.YEAR_BANDS)}])
    found, of = kernel(whole)(ROWS), whole.reason_of()
    assert found[of["allocation_year"]].tolist() == [6, 0, 0, 16]
    assert found[of["allocation_gross"]].tolist() == [0, 6, 6, 16]
    assert found[of["allocation_net"]].tolist() == [0, 6, 6, 16]


def test_a_missing_fact_is_the_reason_of_those_whose_path_reads_it() -> None:
    masks = {f"{name}__missing": np.array([True] * 4) for name in ("age", "base")}
    found = kernel(program(missing=("age", "base")))({**ROWS, **masks})
    assert found["reason"].tolist() == [1, 1, 1, 16]
    masks["age__missing"] = np.array([True, False, True, True])
    masks["base__missing"] = np.array([False, True, True, True])
    found = kernel(program(missing=("age", "base")))({**ROWS, **masks})
    assert found["reason"].tolist() == [0, 0, 1, 16]
    assert found["allocation_net"].tolist() == [20_001, 9_700, 0, 0]


def test_a_fact_that_nobody_knows() -> None:
    found = kernel(program(constants={"age": None, "status": 1}))({"scheme": ROWS["scheme"]})
    assert found["reason"].tolist() == [1, 1, 1, 16]


def test_out_of_range_is_told_row_by_row_and_other_rows_have_their_figure() -> None:
    age = np.array([30, 69, 32_000, -1], np.int16)
    found = kernel(program())({**ROWS, "age": age})
    assert found["reason"].tolist() == [0, 0, 2, 2]
    assert found["allocation_net"].tolist() == [20_001, 9_700, 0, 0]
    wide = kernel(program())({**ROWS, "age": np.array([30, 69, 2**40 + 70, 70])})
    assert wide["reason"].tolist() == [0, 0, 2, 16]


def test_a_missing_value_given_as_a_number_is_out_of_range() -> None:
    masked = program(missing=("age",))
    given = {**ROWS, "age": np.array([30, 131, 70, 70]), "age__missing": np.zeros(4, bool)}
    assert kernel(masked)(given)["reason"].tolist() == [0, 2, 0, 16]


@pytest.mark.parametrize("kind", [np.uint8, np.int64, np.uint64])
def test_every_width_of_a_column(kind: Any) -> None:
    found = kernel(program())({**ROWS, "age": ROWS["age"].astype(kind)})
    assert found["allocation_net"].tolist() == EXPECTED


def test_read_only_strided_and_truth_columns() -> None:
    columns = {name: np.repeat(column, 2)[::2] for name, column in ROWS.items()}
    columns["scheme"] = columns["scheme"] == 1
    for column in columns.values():
        column.flags.writeable = False
    assert kernel(program())(columns)["allocation_net"].tolist() == EXPECTED


def test_outputs_are_filled_again_and_threads_share_the_rows() -> None:
    many = {name: np.tile(column, 100_000) for name, column in ROWS.items()}
    one, two = Kernel(program(), 1), Kernel(program(), 2)
    first = one(many)
    again = {name: np.full_like(values, 77) for name, values in first.items()}
    assert two(many, again) is again
    assert all((again[name] == first[name]).all() for name in first)
    assert first["allocation_net"].sum() == sum(EXPECTED) * 100_000


@pytest.mark.parametrize(
    ("column", "says"),
    [
        (np.array([1.0, 2, 3, 4]), "age：要一列整数"),
        (np.array(["1", "2", "3", "4"]), "age：要一列整数"),
        (np.ma.array([1, 2, 3, 4], mask=[0, 1, 0, 0]), "age：要一列整数"),
        (np.array([1, 2, 3]), "有 3 行，别的列有 4 行"),
        (None, "缺少这一列：age"),
    ],
)
def test_columns_that_are_no_whole_numbers_are_refused(column: Any, says: str) -> None:
    columns: dict[str, Any] = {name: values for name, values in ROWS.items() if name != "age"}
    if column is not None:
        columns["age"] = column
    with pytest.raises(RuleError, match=says):
        kernel(program())(columns)


def test_no_rows() -> None:
    found = kernel(program())({name: column[:0] for name, column in ROWS.items()})
    assert {name: len(values) for name, values in found.items()} == {"allocation_net": 0, "reason": 0}


def test_many_laws_and_an_unknown_one() -> None:
    laws = [LAW, replace(LAW, retired_bands=(Band(0, 5_000),)), replace(LAW, active_rate=Keyed.same(30_000))]
    lowered = lower([allocation, allocation_net], [{AllocationLaw: law} for law in laws], NET)
    columns = {**ROWS, "law": np.array([2, 1, 0, 0], np.int8)}
    assert kernel(lowered)(columns)["allocation_net"].tolist() == [30_001, 4_700, 10_700, 0]
    columns["law"] = np.array([3, -1, 0, 0], np.int8)
    assert kernel(lowered)(columns)["reason"].tolist() == [3, 3, 0, 16]


def test_a_number_worked_out_for_a_row_is_a_key() -> None:
    law = GapLaw(gap_limit=3, short_wait=Keyed.same(0), long_wait=Keyed("w", (0,), {(0,): 6, (1,): 9}))
    program = lower([waiting_period], [{GapLaw: law}], constants={"scheme": Scheme.EMPLOYEE, "first_time": 0})
    columns = {
        "flexible": np.array([0, 1, 1]),
        "switched": np.array([0, 0, 0]),
        "gap_months": np.array([4, 4, 3]),
        "continuous_months": np.array([0, 0, 0]),
    }
    assert kernel(program)(columns)["waiting_months"].tolist() == [6, 9, 0]


def test_constants_fold_branches_away() -> None:
    law = PremiumLaw(
        base_limits=BaseLimits.LIMITED, base_floor=440_400, base_ceiling=2_201_700,
        person_rate=Keyed.same(20_000), extra_fee=Keyed.same(300),
    )  # fmt: skip
    facts = {"scheme": Scheme.EMPLOYEE, "status": Status.ACTIVE, "flexible": 0, "tier": 0}
    program = lower([premium], [{PremiumLaw: law}], ("person_month",), {"base": Range(0, 10**9)}, facts)
    assert list(program.inputs) == ["base"]
    assert program.reason == 0
    found = kernel(program)({"base": np.array([0, 1_000_000, 10**8])})["person_month"]
    assert found.tolist() == [440_400 // 50 + 300, 20_300, 2_201_700 // 50 + 300]


SCRIPT = """
import json, sys
import numpy as np
from yibao.law.lowering.kernel import kernel
from yibao.law.lowering.lower import lower
from yibao.law.parameters import Keyed
from yibao.law.rules.withdrawal import WithdrawalLaw, withdrawal
run = kernel(lower([withdrawal], [{WithdrawalLaw: WithdrawalLaw(pays_out=Keyed.same(1))}]))
found = run({"scheme": np.array([0, 1], np.int8)})
stats = sys.modules[run.block.__module__].block.stats
print(json.dumps([found["allowed"].tolist(), sum(stats.cache_hits.values())]))
"""


def test_what_one_process_compiled_the_next_ones_read(tmp_path: Path) -> None:
    def started() -> subprocess.Popen[str]:
        environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
        return subprocess.Popen([sys.executable, "-c", SCRIPT], env=environment, stdout=subprocess.PIPE, text=True)

    def told(process: subprocess.Popen[str]) -> Any:
        return json.loads(process.communicate(timeout=120)[0])

    assert all(told(process)[0] == [1, 0] for process in [started(), started()])  # both at once, nothing kept yet
    assert told(started()) == [[1, 0], 1]
    assert told(started()) == [[1, 0], 1]
    kept = list((tmp_path / "yibao" / "kernels").glob("*.py"))
    assert len(kept) == 1
    assert not list((tmp_path / "yibao" / "kernels").glob(".*"))


def test_texts_that_nobody_used_for_months_are_taken_away(tmp_path: Path) -> None:
    """One used today is kept, whatever the age of its text; its compiled form is found again."""
    place, long_ago = tmp_path / "kernels", time.time() - KEPT_S - 1
    (place / "__pycache__").mkdir(parents=True)
    for name, used in (("yibao_kernel_old", long_ago), ("yibao_kernel_used", time.time())):
        for file, day in ((place / f"{name}.py", long_ago), (place / "__pycache__" / f"{name}.block.nbi", used)):
            file.write_text("", encoding="utf-8")
            os.utime(file, (day, day))
    _written(place, "yibao_kernel_new", "new = 1")
    assert sorted(path.name for path in place.glob("**/*.*")) == [
        "yibao_kernel_new.py", "yibao_kernel_used.block.nbi", "yibao_kernel_used.py",
    ]  # fmt: skip
