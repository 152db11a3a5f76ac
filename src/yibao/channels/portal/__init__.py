"""The public web pages: an area, a topic, one question a page, the answer, and the reason of every figure."""
