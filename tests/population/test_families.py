"""Are figures summed by family exactly, and is what nobody has told apart from nothing?"""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yibao.population import families
from yibao.population.errors import PopulationError
from yibao.population.families import family_sums, join_families

ROWS = st.lists(
    st.tuples(st.one_of(st.none(), st.integers(1, 6)), st.one_of(st.none(), st.integers(0, 10**11))), max_size=60
)


@settings(max_examples=60, deadline=None)
@given(ROWS, st.integers(1, 20))
def test_sums_and_counts_by_family(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple], size: int) -> None:
    folder = tmp_path_factory.mktemp("families")
    for number in range(0, max(len(rows), 1), size):
        part = rows[number : number + size]
        table = pa.table(
            {"family_id": pa.array([f for f, _ in part], pa.int64()), "net": pa.array([n for _, n in part], pa.int64())}
        )
        pq.write_table(table, folder / f"{number:03d}.parquet")
    found = family_sums(folder).to_pylist()
    members: dict[int, list] = {}
    for family, net in rows:
        if family is not None:
            members.setdefault(family, []).append(net)
    expected = []
    for family, nets in sorted(members.items()):
        known = [net for net in nets if net is not None]
        expected.append(
            {"family_id": family, "people": len(nets), "net": sum(known) if known else None, "net_people": len(known)}
        )
    assert found == expected


def test_parts_that_wait_are_put_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(families, "PENDING", 10)
    ids = np.arange(5000) * 7919 % 501
    for number in range(5):
        part = slice(number * 1000, number * 1000 + 1000)
        pq.write_table(pa.table({"family_id": ids[part], "net": np.arange(5000)[part]}), tmp_path / f"{number}.parquet")
    found = family_sums(tmp_path)
    assert found["family_id"].to_pylist() == list(range(501))
    assert found["net"].to_pylist() == [int(np.arange(5000)[ids == family].sum()) for family in range(501)]


def test_joined_back_beside_each_person(tmp_path: Path) -> None:
    table = pa.table({"person_id": [1, 2, 3, 4], "family_id": [7, None, 5, 7], "net": [1, 2, None, 4]})
    pq.write_table(table, tmp_path / "a.parquet")
    sums = family_sums(tmp_path)
    join_families(tmp_path, tmp_path / "joined", sums)
    found = pq.read_table(tmp_path / "joined" / "a.parquet")
    assert found["person_id"].to_pylist() == [1, 2, 3, 4]
    assert found["family_people"].to_pylist() == [2, None, 1, 2]
    assert found["family_net"].to_pylist() == [5, None, None, 5]


def test_what_cannot_be_summed_is_refused(tmp_path: Path) -> None:
    pq.write_table(pa.table({"person_id": [1]}), tmp_path / "a.parquet")
    with pytest.raises(PopulationError, match="family_id"):
        family_sums(tmp_path)
    pq.write_table(pa.table({"family_id": [1, 1], "net": [2**62, 2**62]}), tmp_path / "a.parquet")
    with pytest.raises(PopulationError, match="64位"):
        family_sums(tmp_path)
