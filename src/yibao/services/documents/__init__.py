"""Answers and records on paper: a PDF that can be filed, printed large and, an answer, checked by its code."""

from yibao.services.documents.answer_sheet import answer_pdf

__all__ = ["answer_pdf"]
