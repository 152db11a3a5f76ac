"""How a figure is written for a person, for every channel: the words themselves are made in `yibao.law.formats`."""

from yibao.law.formats import (
    MINUS,
    age_text,
    day_text,
    fen_text,
    figure_parts,
    figure_text,
    hundredths_text,
    index_text,
    month_text,
    months_text,
    ppm_text,
    tenths_text,
    value_text,
)

__all__ = [
    "MINUS",
    "age_text",
    "day_text",
    "fen_text",
    "figure_parts",
    "figure_text",
    "hundredths_text",
    "index_text",
    "month_text",
    "months_text",
    "ppm_text",
    "tenths_text",
    "value_text",
]
