"""Who was insured where, in which scheme, from when to when?"""
