"""Texts that are partly known when a rule is read and partly only when it runs."""

from __future__ import annotations

import ast

Piece = str | ast.expr
"""Words that are known, or the Python that will give them."""


def code(source: str) -> ast.expr:
    """The Python of a piece."""
    return ast.parse(source, mode="eval").body


def render(pieces: list[Piece]) -> str:
    """The Python expression of a text: known pieces side by side become one."""
    joined: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str) and joined and isinstance(joined[-1], str):
            joined[-1] += piece
        elif piece != "":
            joined.append(piece)
    parts = [repr(piece) if isinstance(piece, str) else f"({ast.unparse(piece)})" for piece in joined]
    if len(parts) < 2:
        return parts[0] if parts else "''"
    return "''.join((" + ", ".join(parts) + "))"
