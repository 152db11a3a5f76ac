"""What a question in one's own words costs, and how many of the real phrasings are read rightly.

Every phrasing of tests/services/ask/phrases is asked in turn, round after round, through the service, answers
included. Of each the median of its repeats counts. Of the held half only totals are told.

p50_ms, p99_ms     of all questions
known_right        share of the phrasings in view: first topic answers it, areas are right
unseen_right       the same of all that was held back
seeds_right        the same of the titles and link lists that the project set out to better
unseen_found_right the same of what was held back of public search results (held_2)
unseen_letters_right  the same of letters to officials, short queries and questions to lawyers (held): vaguer
unseen_told_right  of all that was held back, if the right topic may be any of those that are told
unseen_topics_told how many topics are told of a phrasing that was held back, on average
outside_answered   of 100 held-back questions about other things, those that got a topic
outside_near_answered  the share of others held back, which are near our matters (labour, housing, offices)

The peers are what one would build in an afternoon: the nearest text by rapidfuzz's WRatio, or by BM25 over the words
that rjieba cuts. Both have our titles, hints and examples, and the known phrasings with their labels; both are asked
the held half in the same run, and answer with a topic alone, so `topic_right` of ours stands beside theirs.
"""

import math
import time
from collections import Counter
from collections.abc import Callable, Sequence
from statistics import median

from tests.services.ask.phrasings import Phrasing, answered_anyway, asked, phrasings, read, right_share, told_share

from benchmarks.measuring import REPEATS, Result, Row
from yibao.services.answers import ALL_TOPICS
from yibao.services.ask import kept

LIMITS = {"p50_ms": 20, "p99_ms": 20, "outside_answered": 2}
AT_LEAST = {"known_right": 0.95, "unseen_right": 0.95, "seeds_right": 0.97}
K1, B = 1.5, 0.75
"""The usual two numbers of BM25."""
Peer = Callable[[str], str]


def run() -> Result:
    """The shares first, which also warms; then the rounds that count."""
    letters, found = phrasings("held"), [*phrasings("held_2"), *phrasings("held_3")]
    held, known, seeds = [*letters, *found], phrasings("known"), phrasings("seeds")
    near = [row for name in ("outside_held_2", "outside_held_3", "outside_held_4") for row in phrasings(name)]
    figures = {
        "known_right": right_share(known),
        "unseen_right": right_share(held),
        "seeds_right": right_share(seeds),
        "unseen_found_right": right_share(found),
        "unseen_letters_right": right_share(letters),
        "unseen_told_right": told_share(held),
        "unseen_topics_told": sum(len(asked(row).topics) for row in held) / len(held),
        "outside_answered": float(answered_anyway(phrasings("outside_held"))),
        "outside_near_answered": answered_anyway(near) / len(near),
    }
    everything = [*seeds, *known, *held, *phrasings("outside_known"), *phrasings("outside_held")]
    kept._kept.cache_clear()
    first = _times(everything, read)
    rounds = [_times(everything, read) for _ in range(REPEATS)]
    each = [median(times) for times in zip(*rounds, strict=True)]
    table = [
        Row("yibao ask, median question", [_quantile(took, 0.50) for took in rounds], "ms"),
        Row("yibao ask, slowest of a hundred", [_quantile(took, 0.99) for took in rounds], "ms"),
        Row("yibao ask, median, answers not kept", [_quantile(first, 0.50)], "ms"),
        Row("yibao ask, slowest of a hundred, not kept", [_quantile(first, 0.99)], "ms"),
    ]
    figures |= {"p50_ms": _quantile(each, 0.50), "p99_ms": _quantile(each, 0.99)}
    figures["topic_right"] = _topic_share(held, lambda words: next(iter(read(words).topics), ""))
    for name, peer in (("rapidfuzz", rapidfuzz_peer(known)), ("bm25", bm25_peer(known))):
        figures[f"{name}_topic_right"] = _topic_share(held, peer)
        table.append(Row(f"{name}, nearest text, topic alone", [_quantile(_times(held, peer), 0.50)], "ms"))
    told = f"{REPEATS} rounds of {len(everything)} phrasings; unseen: {len(held)}, known: {len(known)}"
    return Result(len(everything), figures, table, (f"{told}, seeds: {len(seeds)}",))


def _times(rows: Sequence[Phrasing], call: Callable[[str], object]) -> list[float]:
    """Milliseconds of each call."""
    out = []
    for row in rows:
        start = time.perf_counter_ns()
        call(row.words)
        out.append((time.perf_counter_ns() - start) / 1_000_000)
    return out


def _quantile(times: Sequence[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def _topic_share(rows: Sequence[Phrasing], topic_of: Peer) -> float:
    return sum(topic_of(row.words) in row.topics for row in rows) / len(rows)


def texts(known: Sequence[Phrasing]) -> list[tuple[str, str]]:
    """What the peers compare with: our own words for each topic, and the known phrasings; each with its topic."""
    from yibao.services.ask.vocabulary import entries

    own = [(text, topic.name) for topic in ALL_TOPICS.values() for text in (topic.title, topic.verb, topic.hint)]
    examples = [(entry.example, entry.topic) for entry in entries()]
    return [*own, *examples, *((row.words, row.topics[0]) for row in known)]


def rapidfuzz_peer(known: Sequence[Phrasing]) -> Peer:
    """The topic of the text that WRatio finds most alike."""
    from rapidfuzz import fuzz, process

    rows = texts(known)
    choices = [text for text, _ in rows]

    def topic_of(words: str) -> str:
        _, _, place = process.extractOne(words, choices, scorer=fuzz.WRatio)
        return rows[place][1]

    return topic_of


def bm25_peer(known: Sequence[Phrasing]) -> Peer:
    """The topic of the text with the highest BM25 over words."""
    from rjieba import Jieba

    cut = Jieba().cut
    rows = [(Counter(cut(text)), topic) for text, topic in texts(known)]
    in_texts = Counter(word for counts, _ in rows for word in counts)
    usual = sum(sum(counts.values()) for counts, _ in rows) / len(rows)
    weight = {word: math.log(1 + (len(rows) - n + 0.5) / (n + 0.5)) for word, n in in_texts.items()}

    def score(words: Sequence[str], counts: Counter[str]) -> float:
        length = K1 * (1 - B + B * sum(counts.values()) / usual)
        return sum(weight[word] * counts[word] * (K1 + 1) / (counts[word] + length) for word in words if counts[word])

    def topic_of(words: str) -> str:
        asked_words = cut(words)
        return max(rows, key=lambda row: score(asked_words, row[0]))[1]

    return topic_of
