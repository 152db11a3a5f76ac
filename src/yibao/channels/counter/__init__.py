"""The counter (窗口): where staff open a record after telling why, and work off the calls that are owed."""
