"""Servers of our own that stand in for networks, each checked against the real one's word."""
