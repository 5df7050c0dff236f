"""Texts as they come to a desk, of which the model's word is right: what a workspace teaches may not unsettle them.

They are in data/ordinary.txt, a language and a text a line; two in five are abusive.
"""

from importlib.resources import files

_PACKAGED = files("breakwater.domain.scoring").joinpath("data/ordinary.txt")


def read(lines: str) -> tuple[tuple[str, str], ...]:
    """Languages and texts, of lines that are not empty and no remark (#)."""
    said = (line.split(" ", 1) for line in lines.splitlines() if line and line[0] != "#")
    return tuple((language, text) for language, text in said)


ORDINARY = read(_PACKAGED.read_text(encoding="utf-8"))
