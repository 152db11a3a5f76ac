"""A guide for machines: JSON-LD of its questions and answers, the sitemap of all guides. Both are data only."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any
from xml.sax.saxutils import escape

from yibao.services.guides.shapes import Guide, Step

UNSAFE = {"<": "\\u003C", ">": "\\u003E", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
"""What could end a script element or be read as markup."""


def json_ld(guide: Guide, url: str = "") -> str:
    """The questions that a guide answers, as schema.org's FAQPage; safe inside a script element."""
    body: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": ["WebPage", "FAQPage"],
        "name": f"{guide.name}：{guide.title}",
        "inLanguage": "zh-CN",
        "mainEntity": [_question(asked, told) for asked, told in _asked(guide)],
    }
    body |= {"dateModified": guide.newest} if guide.newest else {}
    body |= {"url": url} if url else {}
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return "".join(UNSAFE.get(one, one) for one in text)


def _question(asked: str, told: str) -> dict[str, Any]:
    return {"@type": "Question", "name": asked, "acceptedAnswer": {"@type": "Answer", "text": told}}


def _asked(guide: Guide) -> Iterator[tuple[str, str]]:
    told = [f"{lead.who}：{lead.words}" if lead.who else lead.words for lead in guide.lead]
    yield f"{guide.name}：{guide.title}", "".join([*told, _listed(guide.steps)])
    for way in guide.ways:
        yield f"{guide.name}：{way.title}，怎么办", way.words + _listed(way.steps)
    for ask in guide.asks:
        if ask.steps:
            yield f"{guide.name}：{guide.title}，{ask.title}", "".join(step.words for step in ask.steps)


def _listed(steps: Iterable[Step]) -> str:
    return "".join(f"{number}. {step.title}：{step.words}" for number, step in enumerate(steps, 1))


def sitemap(pages: Iterable[tuple[str, str]]) -> str:
    """The sitemap of some addresses, each with the day of its last change, if known."""
    rows = "".join(
        f"<url><loc>{escape(url)}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>\n" for url, day in pages
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{rows}</urlset>\n"
