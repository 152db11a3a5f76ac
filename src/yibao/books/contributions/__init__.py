"""Which months were paid, by whom, on what base?"""
