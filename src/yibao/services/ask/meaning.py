"""Which topic does a question mean as a whole, also in words that no saying has?

`learned` adds up characters; it cannot know that 办完, 批下来 and 审好 are one thing. A small network can: Google's
multilingual sentence encoder (mean of the pieces and of windows of 2, 3 and 5 of them, then three layers), which
`tools/train_meaning.py` taught our topics. Its licence and what was changed: encoder/NOTICE.md. Here it is computed
with NumPy; the same words give the same chances.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from yibao.services.ask.learned import SCALE
from yibao.services.ask.wordlist import MASK

if TYPE_CHECKING:
    from sentencepiece import SentencePieceProcessor

Array = NDArray[np.float32]
WINDOWS = ((2, 0), (3, 1), (5, 2))
"""How many pieces are looked at together, and how many of them stand before the one in question."""
WIDTH = 256
UNKNOWN = 0
"""The row of a piece that stood in no text it was taught with."""
PIECES_MAX = 120
"""So many pieces are read; a longer question has told its topic by then."""
ANY_PLACE = "某地"
EVEN_LEAST = 1e-12
"""Keeps from dividing by nothing; as the encoder was taught."""


class Encoder(NamedTuple):
    """The topics in their order, the weights by name, the row of each piece, and what cuts a sentence into pieces."""

    names: tuple[str, ...]
    weights: dict[str, Array]
    rows: dict[int, int]
    cutter: SentencePieceProcessor


@cache
def encoder() -> Encoder:
    """The encoder as it was taught."""
    from sentencepiece import SentencePieceProcessor

    folder = resources.files("yibao.services.ask") / "encoder"
    with resources.as_file(folder / "weights.npz") as file, np.load(file, allow_pickle=False) as kept:
        names = tuple(str(name) for name in kept["names"])
        rows = {int(piece): row for row, piece in enumerate(kept["pieces"], start=1)}
        weights = {name.removesuffix(":scale"): _whole(kept, name) for name in kept.files if name.endswith(":scale")}
    cutter = SentencePieceProcessor(model_proto=(folder / "pieces.model").read_bytes())
    return Encoder(names, weights, rows, cutter)


def _whole(kept: np.lib.npyio.NpzFile, scale: str) -> Array:
    """A matrix or a row of weights out of its whole numbers."""
    return np.asarray(kept[scale.removesuffix(":scale")] * kept[scale], dtype=np.float32)


def plain(sentence: str) -> str:
    """A sentence as the encoder was taught to see it: every place is one word.

    >>> plain("\ue000\ue000医保卡")
    '某地医保卡'
    """
    return re.sub(f"{MASK}+", ANY_PLACE, sentence)


def meaning(sentence: str) -> dict[str, int]:
    """How likely each topic is, and another matter, as `learned.likely` tells it: logarithms in hundredths."""
    model = encoder()
    pieces = model.cutter.encode(plain(sentence), out_type=int, add_bos=True, add_eos=True)[:PIECES_MAX]
    sums = _topics(model.weights, np.array([model.rows.get(piece, UNKNOWN) for piece in pieces]))
    sums -= sums.max()
    told = sums - np.log(np.exp(sums).sum())
    return {name: round(SCALE * float(one)) for name, one in zip(model.names, told, strict=True)}


def _topics(w: dict[str, Array], rows: NDArray[np.int64]) -> Array:
    """What the last layer says of each topic."""
    pieces = w["pieces_table"][rows]
    near = _even(pieces @ w["near"] + w["near_add"], w["near_times"], w["near_plus"])
    seen = [pieces]
    for at, (wide, before) in enumerate(WINDOWS):
        one = near[:, at * WIDTH : (at + 1) * WIDTH]
        for layer in ("first", "second"):
            one = np.maximum(_windows(one, wide, before) @ w[f"{layer}_{wide}"] + w[f"{layer}_{wide}_add"], 0) + one
        seen.append(one)
    every = _even(np.concatenate(seen, axis=1), w["all_times"], w["all_plus"])
    length = np.float32(len(rows))
    mean = (every.sum(axis=0) @ w["mean"] + length * w["mean_add"]) / np.sqrt(length)
    deep = np.maximum(mean @ w["skip_1"] + np.maximum(mean @ w["deep_0"], 0) @ w["deep_1"], 0)
    out = np.tanh(deep @ w["skip_3"] + np.maximum(deep @ w["deep_2"], 0) @ w["deep_3"])
    told = np.concatenate([out, mean / np.sqrt(length)])
    return np.asarray(told @ w["topics"] + w["topics_add"], dtype=np.float64)


def _windows(one: Array, wide: int, before: int) -> Array:
    """Beside each piece those around it, nothing where the sentence ends."""
    padded = np.pad(one, ((before, wide - 1 - before), (0, 0)))
    return np.concatenate([padded[at : at + len(one)] for at in range(wide)], axis=1)


def _even(rows: Array, times: Array, plus: Array) -> Array:
    """Each row brought to mean nought and spread one, then as it was learned."""
    centred = rows - rows.mean(axis=-1, keepdims=True)
    spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + np.float32(EVEN_LEAST))
    return np.asarray(centred / spread * times + plus, dtype=np.float32)
