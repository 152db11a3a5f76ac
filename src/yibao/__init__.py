"""yibao answers what Chinese basic medical insurance (医保) gives and asks, from cited law, to the fen."""

__version__ = "0.1.0"
