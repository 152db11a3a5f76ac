"""Who works at the counter, and which calls the agency owes."""
