r"""How the network reads a commentary, written from the documented grammar and from what people saw.

An unescaped reserved character that begins no element ends the text there, without a word
(https://github.com/ComposioHQ/composio/issues/2710 and crossposter v1.1.5, read 2026-11-28).
"""

import re

_TOKEN = re.compile(
    r"\\(?P<escaped>.)"
    r"|(?P<mention>@\[(?:[^\]\\]|\\.)+\]\(urn:li:(?:person|organization):[\w-]+\))"
    r"|(?P<template>\{hashtag\|\\#\|[^}]+\})"
    r"|#(?P<tag>\w+)"
    r"|(?P<reserved>[|{}@\[\]()<>#*_~])"
    r"|(?P<plain>[^\\|{}@\[\]()<>#*_~]+)",
    re.DOTALL,
)


def stored(commentary: str) -> str:
    """As the network keeps and shows it: hashtags are templates, the rest is as it came; cut at
    the first reserved character that stands bare."""
    parts = []
    for token in _TOKEN.finditer(commentary):
        if token["reserved"]:
            break
        if token["tag"]:
            parts.append(rf"{{hashtag|\#|{token['tag']}}}")
        else:
            parts.append(token[0])
    return "".join(parts)
