"""A simulation as one HTML file: it needs nothing else, reads on a phone, and prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path

from yibao.law.areas import find
from yibao.law.terms import label
from yibao.population.scenarios import Change, Cited
from yibao.services.formats import day_text
from yibao.services.simulate import words
from yibao.services.simulate.pictures import inline
from yibao.services.simulate.result import Simulated
from yibao.services.simulate.tables import Shown, tables
from yibao.services.wording import GRADES, SERVICE_NAME

CSS = Path(__file__).with_name("report.css")
WIDE = 3
"""Tables of more columns than this become cards on a phone."""


def html(done: Simulated) -> str:
    """The whole report."""
    title = words.title(done)
    style = CSS.read_text(encoding="utf-8")
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="generator" content="yibao {escape(done.version)}">\n'
        f"<title>{escape(title)} · {SERVICE_NAME}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(_parts(done, title))
        + "\n</main>\n</body>\n</html>\n"
    )


def _parts(done: Simulated, title: str) -> Iterator[str]:
    made = day_text(done.made_on.isoformat())
    yield (
        f'<header><p class="kind">规定改动演算 · {escape(done.question.outcome.title)}</p><h1>{escape(title)}</h1>'
        f'<p class="lead">{escape(words.headline(done))}</p>'
        f'<p class="meta">和 {words.on_words(done)}的规定比 · {made}演算 · yibao {escape(done.version)}</p>'
        f"{_made(done)}{_note(done)}</header>"
    )
    pairs = "".join(f"<dt>{escape(asked)}</dt><dd>{escape(told)}</dd>" for asked, told in words.explained(done))
    yield _section("说明白", f"<dl>{pairs}</dl>")
    typed = "".join(f"<p>改动：<code>{escape(text)}</code></p>" for text in done.question.texts)
    yield _section("改前和改后的规定", typed + "".join(_change(area, change) for area, change in done.changes))
    for shown in tables(done):
        yield _section(shown.title, _shown(shown))
    yield _section("这些人是怎么来的", _people(done))
    yield _section("不知道的，和没有算的", _list(words.doubts(done)))
    again = f"<p>同样的程序、同样的规定，用这一行得到同样的数：</p><pre><code>{escape(done.command)}</code></pre>"
    yield _section("怎样再算一遍", again)
    yield f"<footer><p>{SERVICE_NAME}不是官方服务。这是演算，不是预测，也不是任何地方的决定。</p></footer>"


def _made(done: Simulated) -> str:
    return f'<p class="made">{words.MADE_UP}</p>' if done.people.made_up else ""


def _note(done: Simulated) -> str:
    return f'<p class="meta">{escape(done.note)}</p>' if done.note else ""


def _section(title: str, body: str) -> str:
    return f"<section><h2>{escape(title)}</h2>\n{body}</section>"


def _list(items: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in items) + "</ul>"


def _change(area: str, change: Change) -> str:
    """A parameter before and after, with the documents."""
    rows = "".join(
        f'<tr{" class=new" if differs else ""}><th scope="row">{escape(where)}</th>'
        f'<td data-head="今天">{escape(before)}</td><td data-head="改了以后">{escape(after)}</td></tr>'
        for where, before, after, differs in words.changed_lines(change)
    )
    name = label(change.path.partition(".")[2])
    after = _cited("改了以后，照的是", change.after_cited) or '<p class="cited">改了以后的数是假设的，没有文件。</p>'
    return (
        f'<div class="law"><h3>{escape(area)}：{escape(name)} <code>{escape(change.path)}</code></h3>'
        f'<table><caption class="vh">{escape(name)}，改前改后</caption><thead><tr><th scope="col">谁、哪一档</th>'
        f'<th scope="col">今天</th><th scope="col">改了以后</th></tr></thead><tbody>{rows}</tbody></table>'
        f"{_cited('今天的依据', change.before_cited) or '<p class=cited>今天的值没有查到文件。</p>'}{after}</div>"
    )


def _cited(head: str, listed: Sequence[Cited]) -> str:
    """Documents with issuer, first day and grade."""
    told = []
    for one in listed:
        number = f"（{one.number}）" if one.number else ""
        place = "全国" if one.area == "000000" else find(one.area).name
        told.append(
            f'<li><span class="grade {one.grade}">{GRADES[one.grade].word}</span> '
            f"《{escape(one.document)}》{escape(number)}{escape(one.article)} {escape(one.issuer)}，"
            f"{escape(place)}，{day_text(one.since)}起</li>"
        )
    notes = "".join(
        f'<p class="note">{escape(note)}</p>' for note in dict.fromkeys(one.note for one in listed if one.note)
    )
    return f'<p class="cited">{head}：</p><ul>{"".join(told)}</ul>{notes}' if told else ""


def _shown(shown: Shown) -> str:
    """A table below its chart."""
    picture = inline(shown)
    figure = f"<figure>{picture}</figure>" if picture else ""
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in shown.heads)
    rows = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>{_cells(shown.heads[1:], row[1:])}</tr>' for row in shown.rows
    )
    kinds = [kind for kind, holds in (("wide", len(shown.heads) > WIDE), ("sum", _ends_in_sum(shown))) if holds]
    note = f'<p class="note">{escape(shown.note)}</p>' if shown.note else ""
    sides = ' class="both"' if figure else ""
    return (
        f'<div{sides}>{figure}<table class="{" ".join(kinds)}"><caption class="vh">{escape(shown.title)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>{note}"
    )


def _cells(heads: Sequence[str], cells: Sequence[str]) -> str:
    return "".join(
        f'<td data-head="{escape(head)}">{escape(cell)}</td>' for head, cell in zip(heads, cells, strict=True)
    )


def _ends_in_sum(shown: Shown) -> bool:
    return shown.rows[-1][0] in ("合计", "比较了") or shown.name == "totals"


def _people(done: Simulated) -> str:
    people = done.people
    body = "".join(f"<p>{escape(line)}</p>" for line in people.words)
    if people.sources:
        body += f"<h3>按哪些统计</h3>{_list(people.sources)}"
    if people.assumed:
        body += f"<h3>没有公布、是假设的</h3>{_list(people.assumed)}"
    return body
