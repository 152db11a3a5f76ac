"""Texts that are partly known when a rule is read and partly only when it runs."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

Piece = str | ast.expr
"""Words that are known, or the Python that will give them."""


def code(source: str) -> ast.expr:
    """The Python of a piece."""
    return ast.parse(source, mode="eval").body


def render(pieces: list[Piece]) -> ast.expr:
    """The Python expression of a text: known pieces side by side become one, the others are formatted into it."""
    joined: list[str | ast.expr] = []
    for piece in flat(pieces):
        if isinstance(piece, str) and joined and isinstance(joined[-1], str):
            joined[-1] += piece
        elif piece != "":
            joined.append(piece)
    if not joined:
        return ast.Constant("")
    if len(joined) == 1:
        return ast.Constant(joined[0]) if isinstance(joined[0], str) else joined[0]
    return ast.JoinedStr([ast.Constant(x) if isinstance(x, str) else ast.FormattedValue(x, -1) for x in joined])


def flat(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces, those taken apart that are texts of pieces themselves."""
    for piece in pieces:
        match piece:
            case ast.Constant(value=str() as text):
                yield text
            case ast.JoinedStr(values=values):
                yield from flat(v.value if isinstance(v, ast.FormattedValue) else v for v in values)
            case _:
                yield piece


def joined_parts(each: ast.expr, generator: ast.GeneratorExp) -> ast.expr:
    """The Python that tells a sum: the text of every part that is not 0."""
    over = f"for {ast.unparse(generator.generators[0].target)} in {ast.unparse(generator.generators[0].iter)}"
    text = code(f"' + '.join([_each {over} if {ast.unparse(generator.elt)}]) or '0'")
    for node in ast.walk(text):
        if isinstance(node, ast.ListComp):
            node.elt = each
    return text
