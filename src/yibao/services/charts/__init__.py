"""Pictures of figures: bars drawn as SVG on the server, with the same data as a table and as one sentence."""

from yibao.services.charts.choosing import chart_of, chart_of_several
from yibao.services.charts.data import Bar, Chart, Piece, Table
from yibao.services.charts.drawing import svg
from yibao.services.charts.year import YearChart, svg_of_year, year_chart

__all__ = [
    "Bar",
    "Chart",
    "Piece",
    "Table",
    "YearChart",
    "chart_of",
    "chart_of_several",
    "svg",
    "svg_of_year",
    "year_chart",
]
