"""Whose money moved, when, and why? Double entry, insert-only, kept by the database itself."""
