"""Who are the people that the books speak of?"""
