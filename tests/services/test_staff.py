"""Staff: added by command, two factors, locked by a tally, closed at once; the demo's staff sees demo areas only."""

import re
import time
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from tests.channels.portal.people import ZHOU, insured

from yibao.books.access.models import User
from yibao.books.areas.models import Area
from yibao.books.staff.models import Staff
from yibao.services import staff
from yibao.services.results import Done, Refused
from yibao.services.staff import factors, passwords
from yibao.services.staff.members import by_id
from yibao.site import settings as site

pytestmark = pytest.mark.django_db
AREA, ELSEWHERE = "110000", "500000"
OWN = "雨天记得带伞和手套 42"
ADDRESS = "192.0.2.7"
RFC_KEY = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # RFC 6238, appendix B: the secret "12345678901234567890" in base32


def code_of(done: Any) -> str:
    return done.code if isinstance(done, Refused) else "done"


def row(name: str) -> Staff:
    return Staff.objects.select_related("user").get(sign_in_name=name)


def now_code(key: str, steps: int = 0) -> str:
    """What an authenticator app shows now, or some steps of half a minute from now."""
    return format_hotp_value(hotp_value(key, int(time.time()) // 30 + steps))


@pytest.fixture(autouse=True)
def _quick(settings: Any) -> None:
    """Passwords are hashed slowly on purpose; here only whether they are hashed matters."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def wang() -> Staff:
    """A member with a password that was made for them."""
    Area.objects.create(code=AREA)
    Area.objects.create(code=ELSEWHERE)
    first = staff.add("Wang.Fang", "王芳", [AREA])
    assert isinstance(first, Done)
    held = row("wang.fang")
    held.first = first.value
    return held


def test_what_is_printed_is_only_for_the_first_time_and_only_for_a_while(wang: Staff) -> None:
    assert re.fullmatch(r"([a-z2-9]{4}-){3}[a-z2-9]{4}", wang.first)
    entered = staff.check_password("wang.fang", wang.first, ADDRESS)
    assert entered == Done(staff.Entered(wang.pk, True))
    Staff.objects.update(password_until=timezone.now() - timedelta(seconds=1))
    assert code_of(staff.check_password("wang.fang", wang.first, ADDRESS)) == "staff_first_password_expired"


def test_a_password_is_kept_slowly_hashed(settings: Any) -> None:
    settings.PASSWORD_HASHERS = site.PASSWORD_HASHERS
    Area.objects.create(code=AREA)
    first = staff.add("li", "李敏", [AREA])
    assert isinstance(first, Done)
    kind, rounds, _, _ = row("li").user.password.split("$")
    assert kind == "pbkdf2_sha256"
    assert int(rounds) >= 600_000  # OWASP's least for PBKDF2 with SHA-256


def test_an_own_password_takes_its_place(wang: Staff) -> None:
    assert staff.choose_password(wang.pk, OWN, OWN) == Done(None)
    assert staff.check_password("WANG.fang", OWN, ADDRESS) == Done(staff.Entered(wang.pk, False))
    assert code_of(staff.check_password("wang.fang", wang.first, ADDRESS)) == "staff_sign_in_wrong"
    assert (
        code_of(staff.choose_password(wang.pk, "又一个密码又一个密码 7", "又一个密码又一个密码 7")) == "staff_not_known"
    )


@pytest.mark.parametrize(
    "password",
    ["short 1a", "12345678901234", "aaaabbbbaaaabbbb", "xx wang.fang 99", "王芳的密码是什么呢呀", "password123"],
)
def test_passwords_that_others_guess_are_refused(wang: Staff, password: str) -> None:
    assert code_of(staff.choose_password(wang.pk, password, password)) == "staff_password_weak"


def test_the_first_password_may_not_stay_and_both_times_must_agree(wang: Staff) -> None:
    assert code_of(staff.choose_password(wang.pk, wang.first, wang.first)) == "staff_password_weak"
    assert code_of(staff.choose_password(wang.pk, OWN, OWN + "x")) == "staff_passwords_differ"


@pytest.mark.parametrize("name", ["wang.fang", "nobody"])
def test_names_known_and_unknown_lock_alike(wang: Staff, name: str) -> None:
    codes = [code_of(staff.check_password(name, "wrong", ADDRESS)) for _ in range(passwords.WRONG_MAX + 1)]
    assert codes == ["staff_sign_in_wrong"] * passwords.WRONG_MAX + ["staff_locked"]
    assert code_of(staff.check_password(name, wang.first, ADDRESS)) == "staff_locked"


def test_an_address_that_tries_many_names_is_stopped(wang: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "ADDRESS_MAX", 3)
    codes = [code_of(staff.check_password(f"name{count}", "wrong", ADDRESS)) for count in range(4)]
    assert codes == ["staff_sign_in_wrong"] * 3 + ["staff_locked"]
    assert isinstance(staff.check_password("wang.fang", wang.first, "192.0.2.8"), Done)


def test_codes_are_those_of_the_standard(monkeypatch: pytest.MonkeyPatch) -> None:
    # RFC 6238, appendix B (SHA-1): the last six digits of 94287082 at 59 s and of 07081804 at 1111111109 s
    for seconds, code in ((59, "287082"), (1111111109, "081804")):
        assert format_hotp_value(hotp_value(RFC_KEY, seconds // 30)) == code


def test_a_code_is_good_once(wang: Staff) -> None:
    key = staff.new_app_key()
    staff.keep_app_key(wang.user, key)
    code = now_code(key)
    assert staff.check_app_code(wang.pk, f" {code[:3]} {code[3:]} ") == Done(None)
    assert code_of(staff.check_app_code(wang.pk, code)) == "staff_code_wrong"


def test_a_clock_may_be_half_a_minute_off_and_no_more(wang: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    staff.keep_app_key(wang.user, RFC_KEY)
    at = 1111111109  # RFC 6238, appendix B
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.time.time", lambda: at)
    codes = {off: format_hotp_value(hotp_value(RFC_KEY, at // 30 + off)) for off in (-2, -1, 0, 1, 2)}
    assert codes[0] == "081804"
    found = {off: code_of(staff.check_app_code(wang.pk, code)) for off, code in codes.items()}
    assert found == {-2: "staff_code_wrong", -1: "done", 0: "done", 1: "done", 2: "staff_code_wrong"}


def test_wrong_codes_lock_and_a_right_one_then_does_not_help(wang: Staff) -> None:
    key = staff.new_app_key()
    staff.keep_app_key(wang.user, key)
    wrong = next(
        text for text in ("000000", "111111", "222222") if text not in {now_code(key, n) for n in range(-3, 4)}
    )
    codes = [code_of(staff.check_app_code(wang.pk, wrong)) for _ in range(factors.WRONG_MAX)]
    assert codes == ["staff_code_wrong"] * factors.WRONG_MAX
    assert code_of(staff.check_app_code(wang.pk, now_code(key))) == "staff_code_locked"


def test_the_key_of_an_app_lies_sealed(wang: Staff) -> None:
    key = staff.new_app_key()
    staff.keep_app_key(wang.user, key)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(a)::text FROM mfa_authenticator a")
        assert key not in cursor.fetchone()[0]
    assert factors.FactorAdapter().decrypt(Authenticator.objects.get().data["secret"]) == key


def test_an_app_is_kept_once_it_shows_its_code_and_never_over_another(wang: Staff) -> None:
    key = staff.new_app_key()
    assert code_of(staff.set_up_app(wang.pk, key, "abc")) == "staff_code_wrong"
    assert not staff.has_factor(wang.pk)
    assert staff.set_up_app(wang.pk, key, now_code(key)) == Done(None)
    other = staff.new_app_key()
    assert code_of(staff.set_up_app(wang.pk, other, now_code(other))) == "staff_not_known"
    assert code_of(staff.check_app_code(wang.pk, now_code(key))) == "staff_code_wrong"  # used when it was set up


def test_only_an_open_member_without_a_person_acts(wang: Staff) -> None:
    actor = staff.actor_of(wang.user)
    assert actor
    assert (actor.kind, actor.person_id, actor.areas, actor.user_id) == ("staff", None, (AREA,), wang.pk)
    person = insured(ZHOU)
    assert staff.actor_of(User.objects.create_user(person_id=None)) is None
    assert staff.actor_of(User.objects.create(person_id=person)) is None
    User.objects.filter(pk=wang.pk).update(person_id=None, is_active=False)
    assert staff.actor_of(User.objects.get(pk=wang.pk)) is None


def test_closing_ends_it_and_a_reset_takes_everything_back(wang: Staff) -> None:
    staff.choose_password(wang.pk, OWN, OWN)
    key = staff.new_app_key()
    staff.keep_app_key(wang.user, key)
    assert staff.close("wang.fang") == Done(None)
    assert code_of(staff.check_password("wang.fang", OWN, ADDRESS)) == "staff_sign_in_wrong"
    assert by_id(wang.pk) is None
    again = staff.reset("wang.fang")
    assert isinstance(again, Done)
    assert staff.check_password("wang.fang", again.value, ADDRESS) == Done(staff.Entered(wang.pk, True))
    assert not staff.has_factor(wang.pk)
    assert code_of(staff.check_password("wang.fang", OWN, ADDRESS)) == "staff_sign_in_wrong"


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (("王芳", "王芳", [AREA]), "staff_sign_in_name_wrong_form"),
        (("li", " ", [AREA]), "staff_name_missing"),
        (("li", "李", []), "staff_area_not_here"),
        (("li", "李", [AREA, "310000"]), "staff_area_not_here"),
        (("wang.fang", "另一个", [AREA]), "staff_known_already"),
    ],
)
def test_what_cannot_be_added_is_refused(wang: Staff, told: Any, code: str) -> None:
    assert code_of(staff.add(*told)) == code
    assert Staff.objects.count() == User.objects.count() == 1


@pytest.mark.parametrize("step", [staff.reset, staff.close])
def test_nobody_unknown_is_reset_or_closed(step: Any) -> None:
    assert code_of(step("nobody")) == "staff_not_known"


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("staff_sign_in_name_is_plain", {"sign_in_name": "王芳"}),
        ("staff_has_a_name", {"name": ""}),
        ("staff_has_an_area", {"areas": []}),
    ],
)
def test_the_table_refuses_what_cannot_be(wang: Staff, name: str, changed: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Staff.objects.update(**changed)


def test_the_demo_has_staff_once_and_only_for_demo_areas() -> None:
    Area.objects.create(code=AREA, is_demo=True)
    (line,) = staff.make_demo()
    password, key = re.findall(r"密码 (\S+)  验证器密钥 ([A-Z2-7]+)", line)[0]
    held = row("demo")
    assert staff.check_password("demo", password, ADDRESS) == Done(staff.Entered(held.pk, False))
    assert staff.demo_code() in (Done(now_code(key)), Done(now_code(key, -1)))  # half a minute may end in between
    assert staff.check_app_code(held.pk, now_code(key)) == Done(None)
    Area.objects.create(code=ELSEWHERE, is_demo=True)
    assert staff.make_demo() == []
    assert staff.actor_of(row("demo").user).areas == (AREA, ELSEWHERE)  # type: ignore[union-attr]
    shown = " ".join(staff.demo_lines([]))
    assert password not in shown
    assert key not in shown


def test_demo_staff_see_nothing_that_is_real() -> None:
    Area.objects.create(code=AREA, is_demo=True)
    staff.make_demo()
    Area.objects.filter(code=AREA).update(is_demo=False)
    assert staff.actor_of(row("demo").user) is None
    Area.objects.create(code=ELSEWHERE, is_demo=True)
    Staff.objects.update(areas=[AREA, ELSEWHERE])
    assert staff.actor_of(row("demo").user).areas == (ELSEWHERE,)  # type: ignore[union-attr]


def test_the_code_of_now_is_told_of_the_demos_member_only(wang: Staff) -> None:
    staff.keep_app_key(wang.user, staff.new_app_key())
    assert code_of(staff.demo_code()) == "staff_not_known"
    Staff.objects.update(sign_in_name="demo")  # somebody real of that name
    assert code_of(staff.demo_code()) == "staff_not_known"


def test_without_a_demo_area_there_is_no_demo_staff() -> None:
    Area.objects.create(code=AREA)
    assert staff.make_demo() == []
    assert staff.demo_lines([]) == []
    assert Staff.objects.count() == 0
