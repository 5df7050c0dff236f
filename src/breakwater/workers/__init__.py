"""Loops at the edge: they read the clock, call services, and talk to networks."""
