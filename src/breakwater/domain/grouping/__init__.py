"""Many messages about the same thing become one thing: what a pile-on consists of.

Pure: texts and moments in, groups out. No network, no clock, no text kept.
"""
