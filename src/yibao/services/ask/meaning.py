"""Which topic does a question mean as a whole, also in words that no saying has?

`learned` adds up characters; it cannot know that 办完, 批下来 and 审好 are one thing. A small network can: Zhuiyi's
RoFormer-Sim, which learned from millions of pairs of questions that mean the same, and which `tools/train_meaning.py`
taught our topics. Its licence and what was changed: encoder/NOTICE.md. Here it is computed with NumPy; the same words
give the same chances.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from yibao.services.ask.learned import SCALE
from yibao.services.ask.wordlist import MASK

Array = NDArray[np.float32]
LAYERS, HEADS = 6, 6
SLOWEST = 10_000
"""Of the waves by which a place in the sentence is told, the slowest turns so much more slowly than the first."""
START, END, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
PIECES_MAX = 64
"""So many pieces are read; of a longer question the beginning, which names the matter, and the end, which asks."""
WORD = re.compile(r"[a-z0-9]+|\S")
"""A run of letters and figures is cut further; all else is a piece a character."""
ANY_PLACE = "某地"
EVEN_LEAST = 1e-12
"""Keeps from dividing by nothing; as the encoder was taught."""


class Encoder(NamedTuple):
    """The topics in their order, the weights by name, and the row of each piece."""

    names: tuple[str, ...]
    weights: dict[str, Array]
    rows: dict[str, int]


@cache
def encoder() -> Encoder:
    """The encoder as it was taught."""
    folder = resources.files("yibao.services.ask") / "encoder"
    with resources.as_file(folder / "weights.npz") as file, np.load(file, allow_pickle=False) as kept:
        names = tuple(str(name) for name in kept["names"])
        weights = {name.removesuffix(":scale"): _whole(kept, name) for name in kept.files if name.endswith(":scale")}
    pieces = (folder / "pieces.txt").read_text(encoding="utf-8").split("\n")
    return Encoder(names, weights, {piece: row for row, piece in enumerate(pieces)})


def _whole(kept: np.lib.npyio.NpzFile, scale: str) -> Array:
    """A matrix or a row of weights out of its whole numbers, row by row: few rows times a matrix are quickest so."""
    return np.ascontiguousarray(kept[scale.removesuffix(":scale")] * kept[scale], dtype=np.float32)


def plain(sentence: str) -> str:
    """A sentence as the encoder was taught to see it: every place is one word.

    >>> plain("\ue000\ue000医保卡")
    '某地医保卡'
    """
    return re.sub(f"{MASK}+", ANY_PLACE, sentence).lower()


def cut(sentence: str, rows: dict[str, int]) -> list[int]:
    """The rows of the pieces of a sentence: a character each, words of letters and figures by the longest known part.

    >>> cut("医保2", {"[CLS]": 0, "[SEP]": 1, "[UNK]": 2, "医": 3, "2": 4})
    [0, 3, 2, 4, 1]
    """
    found = [row for word in WORD.findall(plain(sentence)) for row in _parts(word, rows)]
    if len(found) > PIECES_MAX - 2:
        found = found[: PIECES_MAX // 2 - 1] + found[1 - PIECES_MAX // 2 :]
    return [rows[START], *found, rows[END]]


def _parts(word: str, rows: dict[str, int]) -> list[int]:
    """The longest known parts of a word from its beginning; all of it unknown where one part is."""
    found, start = [], 0
    while start < len(word):
        head = "##" if start else ""
        end = next((end for end in range(len(word), start, -1) if head + word[start:end] in rows), None)
        if end is None:
            return [rows[UNKNOWN]]
        found.append(rows[head + word[start:end]])
        start = end
    return found


def meaning(sentence: str) -> dict[str, int]:
    """How likely each topic is, and another matter, as `learned.likely` tells it: logarithms in hundredths."""
    model = encoder()
    sums = _topics(model.weights, np.array(cut(sentence, model.rows)))
    sums -= sums.max()
    told = sums - np.log(np.exp(sums).sum())
    return {name: round(SCALE * float(one)) for name, one in zip(model.names, told, strict=True)}


def _topics(w: dict[str, Array], rows: NDArray[np.int64]) -> NDArray[np.float64]:
    """What the last layer says of each topic: of the first piece, which stands for the whole, and of the mean."""
    seen = _even(w["pieces"][rows] + w["kind"], w, "pieces")
    turns = _turns(len(rows), seen.shape[1] // HEADS)
    for at in range(LAYERS):
        seen = _even(seen + _attended(seen, w, at, turns), w, f"attended_{at}")
        deep = _bent(seen @ w[f"wide_{at}"] + w[f"wide_{at}_add"])
        seen = _even(seen + deep @ w[f"narrow_{at}"] + w[f"narrow_{at}_add"], w, f"narrow_{at}")
    told = np.concatenate([seen[0], seen.mean(axis=0)])
    return np.asarray(told @ w["topics"] + w["topics_add"], dtype=np.float64)


def _attended(seen: Array, w: dict[str, Array], at: int, turns: tuple[Array, Array]) -> Array:
    """For each piece what it takes from all others, by how much it asks for what they offer."""
    length, width = seen.shape
    asks, offers, gives = np.moveaxis(
        (seen @ w[f"heads_{at}"] + w[f"heads_{at}_add"]).reshape(length, 3, HEADS, width // HEADS), 0, 2
    )
    weights = _turned(asks, turns) @ _turned(offers, turns).transpose(0, 2, 1)
    weights = np.exp(weights - weights.max(axis=-1, keepdims=True))
    taken = (weights / weights.sum(axis=-1, keepdims=True)) @ gives
    out = taken.transpose(1, 0, 2).reshape(length, width) @ w[f"attended_{at}"]
    return np.asarray(out + w[f"attended_{at}_add"], dtype=np.float32)


def _turns(length: int, width: int) -> tuple[Array, Array]:
    """Cosine and sine of the angles by which each place is told, half as many as a head is wide."""
    waves = SLOWEST ** -(np.arange(width // 2) / (width // 2))
    angles = np.outer(np.arange(length), waves)
    return np.cos(angles).astype(np.float32), np.sin(angles).astype(np.float32)


def _turned(one: Array, turns: tuple[Array, Array]) -> Array:
    """Each pair of numbers turned by the angle of its place: a product of two then tells how far they stand apart."""
    cosine, sine = turns
    left, right = np.split(one, 2, axis=-1)
    return np.concatenate([left * cosine - right * sine, right * cosine + left * sine], axis=-1)


def _bent(one: Array) -> Array:
    """What is far below nought is dropped, softly (GELU by the hyperbolic tangent)."""
    return np.asarray(0.5 * one * (1 + np.tanh(0.7978845608 * (one + 0.044715 * one * one * one))), dtype=np.float32)


def _even(rows: Array, w: dict[str, Array], name: str) -> Array:
    """Each row brought to mean nought and spread one, then as it was learned."""
    centred = rows - rows.mean(axis=-1, keepdims=True)
    spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + np.float32(EVEN_LEAST))
    return np.asarray(centred / spread * w[f"{name}_times"] + w[f"{name}_plus"], dtype=np.float32)
