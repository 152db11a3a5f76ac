"""The tables of apps and consents, step by step."""
