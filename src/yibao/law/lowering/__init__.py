"""The rules over columns: read, worked out beforehand where few values decide, proved, printed as numba and as SQL."""
