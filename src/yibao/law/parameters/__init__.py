"""The figures of the law: dated, cited values by area and subject, and the shapes in which rules read them."""

from yibao.law.parameters.shapes import Keyed, Law, given, keyed, keyed_rows, rows

__all__ = ["Keyed", "Law", "given", "keyed", "keyed_rows", "rows"]
