"""The tables of the shared answers, step by step."""
