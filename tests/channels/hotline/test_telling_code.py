"""What is said in a call that tells a code, as text: the code twice, once more for a key, nothing that is void."""

from importlib import import_module
from typing import Any

import pytest

from yibao.channels.hotline.desk import Errand, made
from yibao.channels.hotline.dialogue.telling import AGAIN_MAX, Telling
from yibao.channels.hotline.turns import fixed_sentences
from yibao.services.sign_in import spoken

pytestmark = pytest.mark.django_db
PHONE, CODE = "10012345678", "170203"
FIGURES = ("幺。", "七。", "零。", "二。", "零。", "三。")


def figures(turn: Any) -> tuple[str, ...]:
    return tuple(one for one in turn.say if len(one) == 2)


def test_who_calls_the_warning_and_the_code_twice_slowly() -> None:
    turn = Telling(str(spoken.put(PHONE, CODE))).start()
    assert figures(turn) == FIGURES * 2
    assert turn.say[:3] == (
        "您好，这里是医保热线，给您念登录的验证码。",
        "谁问您要都别给，工作人员也不会问您要。",
        "验证码。",
    )
    assert (turn.speed, turn.end, turn.collect.most) == ("slow", False, 1)
    assert set(turn.say) <= set(fixed_sentences()), "made ahead: no sound is made for one code"


def test_a_key_says_it_again_silence_ends_it_and_nobody_hears_it_for_ever() -> None:
    call = str(spoken.put(PHONE, CODE))
    line = Telling(call)
    line.start()
    for key in "5#*"[:AGAIN_MAX]:
        assert figures(line.pressed(key)) == FIGURES
    assert (line.pressed("1").say, line.pressed("1").end) == (("再见。",), True)
    line = Telling(call)
    line.start()
    assert line.pressed("").say == ("再见。",)
    line.hung_up()
    assert figures(line.pressed("1")) == ()


def test_what_is_void_is_not_said_and_who_was_never_in_hears_how() -> None:
    call = spoken.put(PHONE, CODE)
    spoken.take_back(call)
    void = Telling(str(call)).start()
    assert (figures(void), void.end) == ((), True)
    assert "已经不用了" in void.say[0]
    first = Telling(str(spoken.put(PHONE, ""))).start()
    assert (figures(first), first.end) == ((), True)
    assert "请在登录页上选第一次登录" in first.say[1]


def test_the_desk_gives_what_is_due_and_notes_what_came_of_it() -> None:
    call = spoken.put(PHONE, CODE)
    assert made('["due"]', "errand 0").start().say == (str(call), PHONE)
    assert Errand('["due"]').start().say == ()
    Errand(f'["note", "{call}", "busy"]').start()
    row = import_module("yibao.books.access.models").SpokenCode.objects.get()
    assert row.answer == "busy"
    assert isinstance(made(str(call), "telling x"), Telling)
