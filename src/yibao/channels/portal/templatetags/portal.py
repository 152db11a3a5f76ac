"""Tags for figures, grades and signs. Integers become words in yibao.services.formats, nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from yibao.channels.portal import words
from yibao.channels.portal.display_modes import Display, display_of
from yibao.services import formats
from yibao.services.charts import Chart, YearChart, svg, svg_of_year
from yibao.services.wording import GRADES, HOTLINE, SERVICE_NAME, code_groups

register = template.Library()
LETTERS = {"normal": 16, "elder": 22, "xl": 30}
"""How large the words in a chart are on a phone, in each size of print."""

register.filter("yuan", formats.fen_text)
register.filter("months", formats.months_text)
register.filter("percent", formats.ppm_text)
register.filter("day", formats.day_text)
register.filter("code_groups", code_groups)


@register.simple_tag
def icon(name: str, classes: str = "ic") -> SafeString:
    """A sign drawn in the line; words stand beside it, so it is hidden from readers aloud."""
    drawn = mark_safe(words.ICONS[name])  # noqa: S308 - our own constant
    return format_html('<svg class="{}" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', classes, drawn)


@register.simple_tag
def grade(name: str) -> SafeString:
    """How well something is proven: a word, and a shape of its own for those who do not see the colour."""
    if name not in GRADES:
        return SafeString("")
    shape = mark_safe(words.GRADE_SHAPES[name])  # noqa: S308 - our own constant
    return format_html(
        '<span class="grade {}"><svg viewBox="0 0 12 12" aria-hidden="true">{}</svg>{}</span>',
        name,
        shape,
        GRADES[name].word,
    )


@register.inclusion_tag("portal/_figure.html")
def figure(shown: Any) -> Mapping[str, Any]:
    """A figure with the dots under it that lead to its reason; without an address it is part of a reason already."""
    return {"figure": shown}


@register.simple_tag(takes_context=True)
def chart(context: template.Context, shown: Chart, mark: str = "chart") -> SafeString:
    """A chart drawn for this visitor's size of print, its texts escaped where it is drawn; `mark` begins its ids."""
    return mark_safe(svg(shown, LETTERS[display_of(context.get("request")).size], mark))  # noqa: S308


@register.simple_tag(takes_context=True)
def year_chart(context: template.Context, shown: YearChart) -> SafeString:
    """A year of an account, drawn for this visitor's size of print."""
    return mark_safe(svg_of_year(shown, LETTERS[display_of(context.get("request")).size]))  # noqa: S308


@register.simple_tag(takes_context=True)
def display(context: template.Context) -> Display:
    """How this visitor wants to see the page; plain where a page is made without a request."""
    return display_of(context.get("request"))


@register.simple_tag
def service_name() -> str:
    """What this site calls itself."""
    return SERVICE_NAME


@register.simple_tag
def phone(pension: bool = False) -> str:
    """Whom to ring: medical insurance, or the pension office."""
    return words.PENSION_HOTLINE if pension else HOTLINE
