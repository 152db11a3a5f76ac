"""What people were told of their records, by which ways, and what they wish to be told."""
