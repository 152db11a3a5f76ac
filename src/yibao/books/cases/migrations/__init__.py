"""The tables of the mistake reports, step by step."""
