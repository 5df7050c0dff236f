r"""The "little" text format of commentaries: what is typed -> what is sent, and back.

Reserved characters stand behind a backslash; the network cuts the text, silently, at the first one
that does not. Elements: @[Name](URN) mentions, #word is a hashtag, which comes back as
{hashtag|\#|word}. Source: https://learn.microsoft.com/en-us/linkedin/marketing/
community-management/shares/little-text-format?view=li-lms-2026-05, read 2026-11-28.
"""

import re

_RESERVED = re.compile(r"[\\|{}@\[\]()<>#*_~]")
_ELEMENT = re.compile(
    r"@\[(?P<name>[^\]\n]{1,200})\]\((?P<urn>urn:li:(?:person|organization):[\w-]{1,60})\)"
    r"|(?<![\w/&?=#@])(?P<hash>#)(?=\w*[^\W\d_])"
)
_WRITTEN = re.compile(r"\{hashtag\|\\?#\|(?P<tag>(?:[^}\\]|\\.)*)\}|\\(?P<char>.)", re.DOTALL)


def commentary(text: str) -> str:
    """What is sent, so that `text` is shown. Mentions and hashtags stay what they are."""
    parts, at = [], 0
    for found in _ELEMENT.finditer(text):
        parts += [_escaped(text[at : found.start()]), _element(found)]
        at = found.end()
    return "".join([*parts, _escaped(text[at:])])


def plain(sent: str) -> str:
    """The text as a person typed it, from a commentary that the network shows."""
    return _WRITTEN.sub(_typed, sent)


def _escaped(text: str) -> str:
    return _RESERVED.sub(r"\\\g<0>", text)


def _element(found: re.Match[str]) -> str:
    if found["hash"]:
        return "#"
    return f"@[{_escaped(found['name'])}]({found['urn']})"


def _typed(found: re.Match[str]) -> str:
    if found["tag"] is not None:
        return f"#{plain(found['tag'])}"
    return found["char"]
