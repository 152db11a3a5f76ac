"""A small conversation, and what is asked of the hotline that has it."""

from tests.sip.telephone import Running

from yibao.channels.hotline import talk
from yibao.channels.hotline.g711 import ALAW_SILENCE
from yibao.channels.hotline.turns import Collect, Turn

TONE = "tests.sip.voices.Tone"
SENTENCES = ["欢迎。", "请按键。"]
QUIET = ALAW_SILENCE * 160


class Menu:
    """Says something long, takes three keys, says something else, and so on; ends at 9."""

    patience = 20.0
    says: tuple[str, ...] = ("欢迎。", "请按键。", "按井号键结束。")

    def __init__(self, caller: str, call_id: str) -> None:
        self.caller, self.gone = caller, False

    def start(self) -> Turn:
        return Turn(self.says, Collect(3, seconds=self.patience))

    def pressed(self, digits: str) -> Turn:
        if digits == "666":
            raise RuntimeError("the books are on fire")
        return Turn(("再见。",), end=True) if digits == "9" else Turn(("好。",), Collect(3, seconds=30))

    def hung_up(self) -> None:
        self.gone = True


def all_over(there: Running) -> bool:
    return there.calls() == 0 and all(script.talker.gone for script in there.scripts)


def keys(there: Running) -> list[str]:
    return there.scripts[-1].pressed_keys()


def expected(there: Running, *sentences: str) -> bytes:
    gap = QUIET * talk.BETWEEN
    return b"".join(there.prompts.make(sentence, "normal") + gap for sentence in sentences)
