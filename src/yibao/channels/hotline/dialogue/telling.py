"""What is said to somebody whom we call to tell a code of signing in (语音验证码)?

First who calls and that nobody else may have it, then the code, twice, one figure after the other; any key says it
again. A figure is a sentence of its own that is the same for everybody, so that no sound that is kept holds a code.
"""

from __future__ import annotations

from yibao.channels.hotline.dialogue.words import sentence, spelt
from yibao.channels.hotline.shapes import Collect, Turn
from yibao.services.sign_in import spoken

AGAIN_MAX = 3
PATIENCE_S = 5.0


class Telling:
    """One such call; `call` is its row in the outbox."""

    def __init__(self, call: str) -> None:
        self._call, self._times = call, 0
        self._figures: list[str] = []

    def start(self) -> Turn:
        """All of it; another step only says it again."""
        code = spoken.answered(self._call)
        if not code:
            return self._last(
                ["code_call_void"] if code is None else ["code_call_hello", "code_call_first", "code_call_nobody"]
            )
        self._figures = spelt(code)
        return self._code(["code_call_hello", "code_call_beware"], 2)

    def pressed(self, digits: str) -> Turn:
        """Any key says the code again; silence is the end."""
        self._times += 1
        if not digits or self._times > AGAIN_MAX or not self._figures:
            return self._last([])
        return self._code([], 1)

    def hung_up(self) -> None:
        """Nothing is kept."""
        self._figures = []

    def _code(self, first: list[str], times: int) -> Turn:
        code = [*_said("code_call_code"), *self._figures]
        says = [*_said(*first), *code]
        for _ in range(times - 1):
            says += [*_said("code_call_again"), *self._figures]
        says += _said("code_call_holds", *(["code_call_nobody"] if first else []), "code_call_more")
        return Turn(tuple(says), Collect(1, ends="", seconds=PATIENCE_S), speed="slow")

    def _last(self, names: list[str]) -> Turn:
        return Turn(tuple(_said(*names, "code_call_end")), end=True, speed="slow")


def _said(*names: str) -> list[str]:
    return [one for name in names for one in sentence(name, "zh")]
