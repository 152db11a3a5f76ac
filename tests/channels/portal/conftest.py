"""A running site for the browser, the browser itself, and the pages that every test of the screens walks through."""

from collections.abc import Callable
from importlib import import_module
from typing import Any
from urllib.parse import urlencode

import pytest

IN_BEIJING = {"area": "北京", "on": "2025-06-01", "scheme": "employee", "status": "retired"}
IN_HOSPITAL = {"area": "北京", "on": "2025-06-01", "scheme": "employee", "status": "active", "level": "3", "stay": "1"}
IN_LHASA = {"area": "拉萨", "on": "2025-06-01", "scheme": "employee", "status": "retired"}


def journey(topic: str, **told: str) -> str:
    return f"/answers/{topic}/?{urlencode(told)}"


def reason(topic: str, figure: str, **told: str) -> str:
    return f"/answers/{topic}/reason/{figure}/?{urlencode(told)}"


def compare(topic: str, *areas: str, **told: str) -> str:
    return f"/compare/{topic}/?{urlencode([*(('area', area) for area in areas), *told.items()])}"


def ask(words: str, **corrected: str) -> str:
    return f"/ask/?{urlencode({'q': words, **corrected})}"


def mistake(topic: str, figure: str = "", **told: str) -> str:
    return f"/mistake/?{urlencode({'topic': topic, 'figure': figure, **told})}"


TOLD = {"on": "2025-06-01", "scheme": "employee", "status": "retired", "age": "70"}
LATER = {"mode": "later", "on": "2025-06-01", "sex": "male", "retires": "2026-01"}
YEARS = {"paid_months": "200", "deemed_months": "0", "local_months": "100"}
PAGES = {
    "home": "/",
    "home, area understood": "/?" + urlencode({"area": "海淀区"}),
    "home, which area": "/?" + urlencode({"area": "朝阳"}),
    "home, area not understood": "/?" + urlencode({"area": "火星"}),
    "ask": "/ask/",
    "ask, nothing typed": "/ask/?q=",
    "ask, a figure": ask("北京退休人员72岁每月返多少钱"),
    "ask, words": ask("医保怎么补缴"),
    "ask, two areas": ask("北京和上海退休每月返多少"),
    "ask, which area": ask("朝阳 医保断缴"),
    "ask, no area": ask("退休了返多少钱"),
    "ask, a warning": ask("医保卡套现"),
    "ask, nothing found": ask("今天天气怎么样"),
    "ask, which topic": ask("北京退休人员72岁每月返多少钱", at="topic"),
    "ask, another age": ask("北京退休人员72岁每月返多少钱", at="age"),
    "ask, age 200": ask("北京退休人员72岁每月返多少钱", age="200", asked="age"),
    "ask, area not understood": ask("退休了返多少钱", area="火星", asked="area"),
    "ask, no such topic": ask("退休了返多少钱", topic="weather"),
    "area": journey("allocation"),
    "area not understood": journey("allocation", area="火星", asked="area"),
    "which area": journey("allocation", area="朝阳"),
    "day": journey("allocation", at="on", **IN_BEIJING),
    "impossible day": journey("allocation", **{**IN_BEIJING, "on": "2025-02-30"}),
    "choice": journey("allocation", area="北京"),
    "nothing chosen": journey("allocation", area="北京", asked="scheme"),
    "number": journey("allocation", **IN_BEIJING),
    "age 200": journey("allocation", age="200", asked="age", **IN_BEIJING),
    "check": journey("allocation", age="69", **IN_BEIJING),
    "answer": journey("allocation", age="69", done="1", **IN_BEIJING),
    "answer in cases": journey("allocation", skip="age", done="1", **IN_BEIJING),
    "answer of a province": journey("allocation", **{**IN_BEIJING, "area": "甘肃", "done": "1"}),
    "not applicable": journey("allocation", area="北京", scheme="resident", done="1"),
    "range": journey("allocation", average_pension="4500", done="1", **IN_LHASA),
    "unknown": journey("allocation", skip="average_pension", done="1", **IN_LHASA),
    "hospital": journey("inpatient", cost="700000", done="1", **IN_HOSPITAL),
    "retirement": journey("retirement-age", area="北京", sex="male", born="1970-06-15", done="1"),
    "reason": reason("allocation", "allocation_net", age="69", **IN_BEIJING),
    "reason in a case": reason("allocation", "allocation_net", case="2", **IN_BEIJING),
    "reason of a range": reason("allocation", "allocation_gross", average_pension="4500", **IN_LHASA),
    "reason in hospital": reason("inpatient", "person_pays", cost="700000", **IN_HOSPITAL),
    "display": "/display/",
    "code": "/check/",
    "short code": "/check/?code=123",
    "about": "/about/",
    "app": "/app/",
    "offline": "/offline/",
    "privacy": "/privacy/",
    "coverage": "/coverage/",
    "coverage of a province": "/coverage/?" + urlencode({"province": "甘肃省", "group": "money"}),
    "coverage of a city": "/coverage/?" + urlencode({"province": "北京市"}),
    "coverage of a topic": "/coverage/?" + urlencode({"area": "甘肃", "topic": "inpatient"}),
    "coverage, no such province": "/coverage/?" + urlencode({"province": "火星"}),
    "compare": "/compare/",
    "compare, areas": compare("allocation"),
    "compare, one area": compare("allocation", "上海", asked="area"),
    "compare, area not understood": compare("allocation", "北京", "火星"),
    "compare, which area": compare("allocation", "北京", "朝阳"),
    "compare, question": compare("inpatient", "北京", "深圳"),
    "compare, age 200": compare("allocation", "北京", "上海", **{**TOLD, "age": "200", "asked": "age"}),
    "compare, impossible day": compare("pension", "北京", "上海", on="2025-02-30"),
    "compared": compare("allocation", "北京", "上海", "深圳", "拉萨", **TOLD, average_pension="4500"),
    "compared, in cases": compare(
        "allocation",
        "北京",
        "海南省",
        on="2025-06-01",
        scheme="employee",
        status="retired",
        skip="age",
        average_pension="4500",
    ),
    "two years later, area": compare("contribution-years", mode="later"),
    "two years later": compare("contribution-years", "深圳", **LATER, **YEARS),
    "search": "/search/",
    "search, nothing typed": "/search/?q=",
    "search, found": "/search/?" + urlencode({"q": "巴中 住院"}),
    "search, a document": "/search/?" + urlencode({"q": "国务院令第735号 第四十一条"}),
    "search, second page": "/search/?" + urlencode({"q": "医保", "page": "2"}),
    "search, not found": "/search/?" + urlencode({"q": "zzz"}),
    "mistake": mistake("allocation", "allocation_net", age="69", **IN_BEIJING),
    "mistake in cases": mistake("inpatient", **{**IN_HOSPITAL, "cost": "700000"}),
    "guides": "/guide/",
    "guides of an area": "/guide/110000/",
    "guide": "/guide/110000/allocation/",
    "guide, years": "/guide/440300/contribution-years/",
    "guide, nothing found": "/guide/511900/inpatient/",
    "guide in words": "/guide/511900/paying/",
    "guide, no such place": "/guide/no-such-place/",
    "no such page": "/no-such-page/",
}
ERRORS = (
    "home, area not understood",
    "area not understood",
    "impossible day",
    "ask, nothing typed",
    "ask, age 200",
    "ask, area not understood",
    "ask, no such topic",
    "nothing chosen",
    "age 200",
    "short code",
    "coverage, no such province",
    "search, nothing typed",
    "compare, one area",
    "compare, area not understood",
    "compare, which area",
    "compare, age 200",
    "compare, impossible day",
)
ANSWERS = ("answer", "answer in cases", "answer of a province", "range", "hospital", "retirement", "compared")
ANSWERS += ("ask, a figure",)
REASONS = ("reason", "reason in a case", "reason of a range", "reason in hospital")

# An argument of a test with one of these names runs it for each page of the kind.
KINDS = {"any_path": tuple(PAGES), "error_path": ERRORS, "answer_path": ANSWERS, "reason_path": REASONS}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    for argument, names in KINDS.items():
        if argument in metafunc.fixturenames:
            metafunc.parametrize(argument, [pytest.param(PAGES[name], id=name) for name in names])


@pytest.fixture(scope="session")
def pages() -> dict[str, str]:
    """The address of every kind of page, by what it shows."""
    return PAGES


@pytest.fixture
def people(settings: Any) -> Any:
    """Who signs in, and the codes that were sent to them."""
    module = import_module("tests.channels.portal.people")  # not before Django is set up
    settings.SMS_SENDER = f"{module.__name__}.Recorder"
    module.SENT.clear()
    return module


@pytest.fixture
def owners() -> Any:
    """Who is signed in, and the pages of each."""
    return import_module("tests.channels.portal.owners")


@pytest.fixture
def there(owners: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The small agency with its people, on its own day."""
    return owners.owners(monkeypatch)


@pytest.fixture
def enter(owners: Any) -> Callable[..., Any]:
    """Signs somebody in."""
    return owners.signed_in  # type: ignore[no-any-return]


@pytest.fixture
def browse(open_page: Callable[..., Any], owners: Any, live_url: str) -> Callable[..., Any]:
    """Opens a page in the browser as one of the people."""

    def entered(who: Any, path: str, *screen: Any, **more: Any) -> Any:
        page = open_page("/privacy/", *screen, **more)
        session = owners.signed_in(who).cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_url}])
        page.goto(path)
        return page

    return entered


@pytest.fixture
def looking() -> Any:
    """What all tests of the screens look for."""
    return import_module("tests.channels.portal.test_browser")
