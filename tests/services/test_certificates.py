"""Are the numbers of certificates and phones taken as they are written, and wrong ones refused for the right reason?"""

import pytest

from yibao.services.certificates import checked_certificate, checked_phone, masked, masked_name, normalised
from yibao.services.results import Done, Refused


def check_digit(seventeen: str) -> str:
    """GB 11643—1999, annex: weights 2^(18 - place) mod 11, and the table of the remainders."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return "10X98765432"[sum(int(d) * w for d, w in zip(seventeen, weights, strict=True)) % 11]


def number(seventeen: str) -> str:
    return seventeen + check_digit(seventeen)


BEIJING = number("11010519491231002")
ENDS_IN_X = "11010519491231002X"  # the example that the standard itself gives
DEMO = number("99010019650307123")
HONG_KONG = number("81000019820504123")


def test_the_example_of_the_standard() -> None:
    assert BEIJING == ENDS_IN_X


@pytest.mark.parametrize(
    "written",
    [
        ENDS_IN_X,
        "11010519491231002x",
        " 110105 19491231 002X ",
        "110105-19491231-002X",
        "１１０１０５１９４９１２３１００２Ｘ",
        "１１０１０５１９４９１２３１００２ｘ",
        "110105\u300019491231\u00a0002X",
        "110105—19491231–002X",
        "\t110105194912310 02X\n",
    ],
)
def test_one_number_however_it_is_written(written: str) -> None:
    assert normalised(written) == ENDS_IN_X
    assert checked_certificate("resident_id", written, demo=False) == Done(ENDS_IN_X)


@pytest.mark.parametrize(
    ("type_", "written", "demo"),
    [
        ("resident_id", number("65402820010101333"), False),
        ("resident_id", number("51102419960229000"), False),
        ("resident_id", DEMO, True),
        ("residence_permit", HONG_KONG, False),
        ("residence_permit", number("82000019820504123"), False),
        ("residence_permit", number("83000019820504123"), False),
        ("passport", "E12345678", False),
        ("passport", "c 0123 4567", False),
        ("passport", "123456789", False),
        ("foreign_permit", "USA110082010112", False),
        ("foreign_permit", number("91184019820504123"), False),
    ],
)
def test_taken(type_: str, written: str, demo: bool) -> None:
    assert checked_certificate(type_, written, demo=demo) == Done(normalised(written))


@pytest.mark.parametrize(
    ("type_", "written", "demo", "code"),
    [
        ("resident_id", "", False, "certificate_number_missing"),
        ("resident_id", " － ", False, "certificate_number_missing"),
        ("resident_id", "110105491231002", False, "certificate_number_is_15_digits"),
        ("resident_id", "1101051949123100", False, "certificate_number_wrong_length"),
        ("resident_id", "110105194912310021", False, "certificate_check_digit_wrong"),
        ("resident_id", "110105194912310O2X", False, "certificate_number_wrong_form"),
        ("resident_id", number("11010519991331002"), False, "certificate_birth_day_impossible"),
        ("resident_id", number("11010519990229002"), False, "certificate_birth_day_impossible"),
        ("resident_id", number("99110519991231002"), False, "certificate_number_wrong_form"),
        ("resident_id", DEMO, False, "certificate_is_made_up"),
        ("resident_id", HONG_KONG, False, "certificate_of_another_type"),
        ("residence_permit", ENDS_IN_X, False, "certificate_number_wrong_form"),
        ("residence_permit", HONG_KONG[:-1] + ("1" if HONG_KONG[-1] != "1" else "2"), False,
         "certificate_check_digit_wrong"),
        ("passport", "E123", False, "certificate_number_wrong_form"),
        ("passport", "ABCDEFGH", False, "certificate_number_wrong_form"),
        ("passport", "护照12345", False, "certificate_number_wrong_form"),
        ("foreign_permit", "US1100820101123", False, "certificate_number_wrong_form"),
        ("foreign_permit", ENDS_IN_X, False, "certificate_number_wrong_form"),
        ("foreign_permit", DEMO, True, "certificate_number_wrong_form"),
        ("driving_licence", ENDS_IN_X, False, "certificate_type_unknown"),
    ],
)  # fmt: skip
def test_refused(type_: str, written: str, demo: bool, code: str) -> None:
    refused = checked_certificate(type_, written, demo=demo)
    assert isinstance(refused, Refused)
    assert refused.code == code
    assert not written.strip(" －") or written not in refused.message  # a reason tells nobody's number


def test_any_one_wrong_digit_is_found() -> None:
    for place in range(17):
        for digit in "0123456789":
            wrong = ENDS_IN_X[:place] + digit + ENDS_IN_X[place + 1 :]
            if wrong != ENDS_IN_X:
                assert isinstance(checked_certificate("resident_id", wrong, demo=False), Refused), wrong


@pytest.mark.parametrize(
    "written", ["13800138000", "138 0013 8000", "138-0013-8000", "+8613800138000", "１３８００１３８０００"]
)
def test_phones_taken(written: str) -> None:
    assert checked_phone(written, demo=False) == Done("13800138000")


@pytest.mark.parametrize(
    ("written", "demo", "code"),
    [
        ("10012345678", False, "phone_is_made_up"),
        ("12800138000", False, "phone_wrong_form"),
        ("1380013800", True, "phone_wrong_form"),
        ("010-12345678", False, "phone_wrong_form"),
        ("没有", False, "phone_wrong_form"),
    ],
)
def test_phones_refused(written: str, demo: bool, code: str) -> None:
    refused = checked_phone(written, demo=demo)
    assert isinstance(refused, Refused)
    assert refused.code == code


def test_made_up_phones_are_phones_of_a_demo() -> None:
    assert checked_phone("100 1234 5678", demo=True) == Done("10012345678")


def test_what_is_shown_of_a_number_and_a_name() -> None:
    assert masked(ENDS_IN_X) == "1101" + "*" * 10 + "002X"
    assert masked("13800138000") == "138****8000"
    assert masked("E12345678") == "E1*****78"
    assert masked("") == ""
    assert [masked_name(name) for name in ("", "周", "周芳", "周小芳")] == ["", "周", "周*", "周*芳"]
