"""How one asks: each channel reads its input, calls one service, shows the answer."""
