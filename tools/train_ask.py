"""Learn from the sayings: tools/train_ask.py writes services/ask/learned.tsv (needs the packages of `make test`).

Learned from: services/ask/sayings, the examples of the vocabulary, the titles of the topics, our own test phrasings
(tests/services/ask/our_own.tsv) and the real ones that may be in view (phrases/known*.tsv, outside_known*.tsv). Never
from what is held back.
"""

import csv
import hashlib
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src/yibao/services/ask/learned.tsv"
PHRASES = ROOT / "tests/services/ask/phrases"
OUTSIDE = "outside"
IN_VIEW = (
    *("known", "known_2", "known_3", "known_4", "known_5", "known_6"),
    *("outside_known", "outside_known_2", "outside_known_4", "outside_known_5", "outside_known_6"),
)
STRICTNESS = 4.0
"""The C of the regression: chosen, as all here, by what real phrasings in view gave that were left out of it."""
TIMES_MIN = 3
"""A piece that stands in fewer texts says nothing."""
FIRST_SHARE = 0.6
"""What the first topic weighs of a text that several answer; the others share the rest."""


def texts() -> list[tuple[str, str]]:
    """What is learned from: text and topics, joined by `|` and best first, in a fixed order."""
    from yibao.services.answers import ALL_TOPICS
    from yibao.services.ask.vocabulary import entries

    rows = [(text, topic.name) for topic in ALL_TOPICS.values() for text in (topic.title, topic.verb, topic.hint)]
    rows += [(entry.example, entry.topic) for entry in entries()]
    for file in sorted((ROOT / "src/yibao/services/ask/sayings").glob("*.txt")):
        lines = file.read_text(encoding="utf-8").splitlines()
        rows += [said(line, file.stem.replace("_", "-")) for line in lines if line]
    for path in (*(PHRASES / f"{name}.tsv" for name in IN_VIEW), PHRASES.parent / "our_own.tsv"):
        rows += [(row["phrase"], row["topics"] or OUTSIDE) for row in table(path)]
    return [(seen(text), topic) for text, topic in dict.fromkeys(rows)]


def said(line: str, topic: str) -> tuple[str, str]:
    """A saying and its topics: the one whose file it stands in, then those named behind ` | `, which answer it too.

    >>> said("断交三个月了还能补吗 | back-payment", "gap")
    ('断交三个月了还能补吗', 'gap|back-payment')
    """
    text, _, others = line.partition(" | ")
    return text, "|".join((topic, *others.split()))


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a file of phrasings."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def seen(text: str) -> str:
    """A text as the reader sees it: simplified, without blanks, its places masked."""
    from yibao.services.ask.places import masked, named
    from yibao.services.ask.text import clean, simplified, tight

    sentence = tight(simplified(clean(text).question))
    return masked(sentence, named(sentence))


def weighed(rows: list[tuple[str, str]]) -> list[tuple[str, str, float]]:
    """Each text with each of its topics, and how much that weighs."""
    found = []
    for text, topics in rows:
        first, *others = topics.split("|")
        found.append((text, first, FIRST_SHARE if others else 1.0))
        found += [(text, topic, (1 - FIRST_SHARE) / len(others)) for topic in others]
    return found


def digest(rows: list[tuple[str, str]]) -> str:
    """By what one sees that the texts changed since something was learned from them."""
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def main() -> None:
    """Write what was learned."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    from yibao.services.ask.learned import LENGTH, SCALE, pieces

    rows = texts()
    learned_from, topics, weights = zip(*weighed(rows), strict=True)
    counter = TfidfVectorizer(analyzer=lambda text: list(pieces(text)), binary=True, min_df=TIMES_MIN)
    numbers = LENGTH * counter.fit_transform(learned_from)
    model = LogisticRegression(C=STRICTNESS, max_iter=500, tol=1e-4).fit(numbers, topics, sample_weight=weights)

    def whole(numbers: object) -> str:
        return " ".join(str(round(SCALE * number)) for number in numbers)  # type: ignore[attr-defined]

    lines = [f"texts\t{digest(rows)}", f"topics\t{' '.join(model.classes_)}", f"start\t{whole(model.intercept_)}"]
    lines += [
        f"{piece}\t{round(SCALE * rarity)}\t{whole(weights)}"
        for piece, rarity, weights in zip(counter.get_feature_names_out(), counter.idf_, model.coef_.T, strict=True)
    ]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(rows)} texts, {len(lines) - 3} pieces", file=sys.stderr)


if __name__ == "__main__":
    main()
