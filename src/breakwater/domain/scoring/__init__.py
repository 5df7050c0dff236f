"""What a short text does to its reader, and what its writer wants: texts in, scores out.

Pure: numpy alone, no network, no clock, the same answer for the same text.
"""
