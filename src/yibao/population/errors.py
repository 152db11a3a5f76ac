"""What keeps a population from being read, made or run, in one plain sentence."""

from __future__ import annotations


class PopulationError(Exception):
    """Something that cannot be done; `code` names why and never changes, `message` says it and what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message
