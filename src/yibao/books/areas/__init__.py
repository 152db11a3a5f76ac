"""Which areas' books lie in this database?"""
