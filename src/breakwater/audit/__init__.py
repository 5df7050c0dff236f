"""Append-only who, what, why; the only functions that change a state. Never reads upwards."""
