"""Numbers in addresses and forms: what a database can keep, written in plain figures."""

_MOST_DIGITS = 18


def number(said: str) -> int | None:
    """None for anything else: nothing, words, "²", a number that no row has."""
    return int(said) if said.isascii() and said.isdigit() and len(said) <= _MOST_DIGITS else None
