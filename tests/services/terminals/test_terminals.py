"""Terminals: registered by an agency, known by a token; a card says who, only the PIN lets in."""

from importlib import import_module
from typing import Any

import pytest
from tests.channels.portal.people import number_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Any:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # a PIN takes its time by design
    return import_module("tests.channels.kiosk.visitors").agency(monkeypatch)


@pytest.fixture
def terminals() -> Any:
    return import_module("yibao.services.terminals")


@pytest.fixture
def machine(agency: Any, terminals: Any) -> Any:
    """A terminal in a hall."""
    return terminals.machine_of(terminals.register(agency.area, "大厅1号机", "agency").value)


@pytest.mark.parametrize(
    ("area", "name", "profile", "code"),
    [
        ("999999", "大厅1号机", "agency", "terminal_area_not_here"),
        ("110000", "  ", "agency", "terminal_name_wrong"),
        ("110000", "机" * 41, "agency", "terminal_name_wrong"),
        ("110000", "大厅1号机", "airport", "terminal_profile_unknown"),
    ],
)
def test_what_cannot_be_registered(agency: Any, terminals: Any, area: str, name: str, profile: str, code: str) -> None:
    assert terminals.register(area, name, profile).code == code
    assert terminals.registered() == []


def test_a_token_is_known_until_the_terminal_is_ended(agency: Any, terminals: Any) -> None:
    first = terminals.register(agency.area, "大厅1号机", "agency").value
    second = terminals.register(agency.area, "医院 1号机", "hospital").value
    assert terminals.register(agency.area, " 大厅1号机 ", "agency").code == "terminal_name_taken"
    assert terminals.machine_of(first).name == "大厅1号机"
    assert terminals.machine_of(second).profile.title == "医院"
    assert [terminals.machine_of(wrong) for wrong in ("", first[:-1], first + "x", "x" * 5000)] == [None] * 4
    assert terminals.end(agency.area, "没有这一台").code == "terminal_unknown"
    terminals.end(agency.area, "大厅1号机")
    assert terminals.machine_of(first) is None
    assert terminals.end(agency.area, "大厅1号机").code == "terminal_unknown"
    again = terminals.register(agency.area, "大厅1号机", "agency").value
    assert again != first
    listed = [(one.name, one.ended_at is None) for one in terminals.registered(agency.area)]
    assert listed == [("医院 1号机", True), ("大厅1号机", True), ("大厅1号机", False)]


def test_no_token_stands_in_the_books(agency: Any, terminals: Any) -> None:
    token = terminals.register(agency.area, "大厅1号机", "agency").value
    row = import_module("yibao.books.terminals.models").Terminal.objects.values().get()
    assert token not in repr(row)
    assert token.encode() not in bytes(row["token_index"])


def test_the_pin_lets_in_and_the_look_is_ones_own_at_this_machine(agency: Any, terminals: Any, machine: Any) -> None:
    actor = terminals.enter(machine, agency.worker, agency.pin).value
    assert (actor.kind, actor.person_id) == ("self", agency.people.worker.id)
    records = import_module("yibao.services.records")
    home = records.home(actor).value
    assert home.balance == import_module("tests.services.records.agency").OPENING + 6 * 20_000 + 12 * 24_000 - 8_800
    looked = records.lookers(actor).value
    assert {(row.who, row.what, row.is_own) for row in looked.rows} == {
        ("本人", "首页，在大厅1号机", True),
        ("本人", "谁看过我的信息，在大厅1号机", True),
    }
    assert looked.by_others == 0


def test_another_persons_record_stays_shut(agency: Any, terminals: Any, machine: Any) -> None:
    records = import_module("yibao.services.records")
    actor = terminals.enter(machine, agency.worker, agency.pin).value
    other = records.Whose(agency.people.retiree.id, "看看")
    assert {read(actor, whose=other).code for read in (records.home, records.movements, records.years)} == {"not_found"}


def test_wrong_pins_lock_and_a_number_nobody_has_looks_the_same(agency: Any, terminals: Any, machine: Any) -> None:
    nobody = number_of("19600101", 300)
    found: dict[str, list[tuple[str, str]]] = {}
    for number in (agency.worker, nobody):
        tries = [terminals.enter(machine, number, "111112") for _ in range(6)]
        found[number] = [(one.code, one.message) for one in tries]
    known, unknown = found[agency.worker], found[nobody]
    assert [code for code, _ in known] == ["wrong_pin"] * 4 + ["pin_locked"] * 2
    assert [code for code, _ in unknown] == [code for code, _ in known]
    assert [message for _, message in unknown[:4]] == [message for _, message in known[:4]]
    assert terminals.enter(machine, agency.worker, agency.pin).code == "pin_locked", "nor does the right one open now"


def test_who_never_set_a_pin_looks_like_a_wrong_one(agency: Any, terminals: Any, machine: Any) -> None:
    import_module("yibao.services.credential").reset(agency.people.worker.id)
    told = [terminals.enter(machine, number, agency.pin) for number in (agency.worker, number_of("19600101", 300))]
    assert [(one.code, one.message) for one in told] == [("wrong_pin", told[0].message)] * 2


@pytest.mark.parametrize("pin", ["", "12345", "1234567", "48291x", "４８２９１"])
def test_what_is_no_pin_spends_no_try(agency: Any, terminals: Any, machine: Any, pin: str) -> None:
    for _ in range(7):
        assert terminals.enter(machine, agency.worker, pin).code == "pin_shape"
    assert terminals.enter(machine, agency.worker, agency.pin).value


def test_a_machine_at_which_many_cards_are_tried_waits(
    agency: Any, terminals: Any, machine: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module("yibao.services.terminals.entering"), "MACHINE_MAX", 3)
    for serial in range(3):
        assert terminals.enter(machine, number_of("19600101", 300 + serial), "111112").code == "wrong_pin"
    assert terminals.enter(machine, agency.worker, agency.pin).code == "terminal_paused"
    other = terminals.machine_of(terminals.register(agency.area, "大厅2号机", "agency").value)
    assert terminals.enter(other, agency.worker, agency.pin).value, "another machine does not wait"


@pytest.mark.parametrize("number", ["", "123", "11010519491231002", "110105194912310021", "<script>", "９" * 300])
def test_a_card_with_nonsense_is_refused(terminals: Any, number: str) -> None:
    assert terminals.claimed_by_card(number).code == "card_number_wrong"


def test_an_e_credential_says_who_while_it_holds(agency: Any, terminals: Any) -> None:
    credential = import_module("yibao.services.credential")
    old = credential.show(agency.people.worker.id).value.token
    new = credential.show(agency.people.worker.id).value.token
    assert terminals.claimed_by_code(f" {new}\n").value == agency.worker
    assert terminals.claimed_by_code(old).code == "superseded"
    assert terminals.claimed_by_code("https://example.com/pay?x=1").code == "forged"
    late = import_module("django.utils.timezone").now() - import_module("datetime").timedelta(seconds=61)
    assert terminals.claimed_by_code(credential.show(agency.people.worker.id, at=late).value.token).code == "expired"


def test_profiles_offer_only_what_there_is(terminals: Any) -> None:
    profiles = import_module("yibao.services.terminals.profiles")
    ask = import_module("yibao.services.ask").ask
    assert set(profiles.PROFILES) == {"agency", "hospital", "community", "service_point"}
    for profile in profiles.PROFILES.values():
        assert set(profile.tasks) <= set(profiles.TASKS)
        for question in profile.questions:
            asked = ask(question.words, area="北京", topic=question.topic, facts=dict(question.facts)).value
            assert asked.topics == [question.topic]
            assert asked.answers or asked.back, question.words


def test_a_user_of_a_terminal_is_nobody(agency: Any, machine: Any) -> None:
    user = import_module("yibao.books.access.models").User.objects.get(pk=machine.user_id)
    assert user.person is None
    assert not user.has_usable_password()
