"""Whom to tell that a record changed, and what was told already."""
