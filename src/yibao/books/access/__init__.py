"""Who may sign in, and who looked at whose record?"""
