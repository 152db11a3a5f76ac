"""Which known names are nearest to a slip such as 合服 or 兰洲?"""

from yibao.law.areas.tables import divisions, path

SHOWN = 3
LEVELS = {"province": 0, "prefecture": 1, "county": 2}


def nearest_names(text: str) -> list[str]:
    """Full names at a small editing distance; larger places first, then those that begin alike."""
    within, rest = _known_beginning(text)
    allowed = 1 if len(rest) <= 3 else 2
    scores: dict[str, tuple[int, int, bool, str]] = {}
    for code, place in divisions().items():
        if not code.startswith(within):
            continue
        for name in {place.name, place.short}:
            if abs(len(name) - len(rest)) > allowed or not set(name) & set(rest):
                continue
            away = distance(rest, name)
            if away <= allowed:
                score = (away, LEVELS[place.level], name[0] != rest[0], code)
                scores[code] = min(score, scores.get(code, score))
    best = sorted(scores, key=lambda code: scores[code])[:SHOWN]
    if not best and within:
        best = [within.ljust(6, "0")]
    return [path(place) if place.level == "county" else place.name for place in (divisions()[code] for code in best)]


def nearest_codes(code: str) -> list[str]:
    """Names of the places in which an unknown code would lie."""
    for known in (code[:4] + "00", code[:2] + "0000"):
        if len(code) == 6 and known in divisions():
            return [divisions()[known].name]
    return []


def _known_beginning(text: str) -> tuple[str, str]:
    """The digits that all codes under a province or prefecture named first share, and what follows the name."""
    for cut in range(len(text) - 2, 1, -1):
        for code, place in divisions().items():
            if place.level != "county" and text[:cut] in (place.name, place.short):
                return code[:2] if place.level == "province" else code[:4], text[cut:]
    return "", text


def distance(left: str, right: str) -> int:
    """How many characters must be put in, left out, changed or swapped with their neighbour?"""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        last, before, row = before, row, [i]
        for j, b in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
