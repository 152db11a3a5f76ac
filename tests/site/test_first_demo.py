"""What a new installation gets, what is finished, and what is left alone."""

from datetime import date

import pytest

from yibao.site import first_demo
from yibao.site.first_demo import FirstDemo

SMALL = (FirstDemo(20, 1, "110000"), FirstDemo(20, 1, "500000"))


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_demo, "FIRST", SMALL)


def demos() -> list[tuple[str, int, bool]]:
    from yibao.books.areas.models import DemoMade

    return list(DemoMade.objects.order_by("area").values_list("area", "people", "is_finished"))


def test_a_new_installation_gets_its_demo_areas_once(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    (secrets,) = first_demo.make_first_demo()
    assert demos() == [("110000", 20, True), ("500000", 20, True)]
    assert "20 made-up people" in capsys.readouterr().out
    assert secrets in first_demo.sign_in_lines([secrets])
    assert first_demo.make_first_demo() == []  # the counter's password and key are shown once
    assert capsys.readouterr().out == ""
    lines = first_demo.sign_in_lines()
    assert any("证件号码 990100" in line and "手机号 100" in line for line in lines)
    assert any("/counter/" in line for line in lines)
    assert secrets not in lines


def test_an_interrupted_demo_is_finished_with_its_own_arguments(db: None) -> None:
    from yibao.books.areas.models import DemoMade
    from yibao.services.demo import make

    make(30, 5, "110000", date(2026, 9, 1))
    DemoMade.objects.update(is_finished=False, posted_until=date(2026, 6, 1))
    first_demo.make_first_demo()
    assert demos() == [("110000", 30, True)]  # somebody chose it: nothing else is made beside it


def test_real_books_are_left_alone(db: None) -> None:
    from yibao.books.areas.models import Area
    from yibao.services.staff import members

    Area.objects.create(code="340100")
    assert first_demo.make_first_demo() == []
    assert demos() == []
    assert first_demo.sign_in_lines() == []
    assert members() == []


@pytest.mark.parametrize(
    ("option", "variable", "wanted"), [(False, "1", True), (True, "1", False), (False, "0", False)]
)
def test_it_can_be_refused(monkeypatch: pytest.MonkeyPatch, *, option: bool, variable: str, wanted: bool) -> None:
    monkeypatch.setenv("YIBAO_DEMO", variable)
    assert first_demo.is_wanted(no_demo=option) is wanted
