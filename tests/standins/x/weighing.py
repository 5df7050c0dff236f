"""How long X finds a text, written once more from config/v3.json of twitter/twitter-text."""

import re
import unicodedata

import regex

_LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?')\]]")
_RANGES = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
_IS_EMOJI = regex.compile(
    r"\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f|\p{Emoji_Modifier}|\u20e3"
    r"|\p{Extended_Pictographic}.*\u200d.*\p{Extended_Pictographic}"
)


def weight(text: str) -> int:
    text, links = _LINK.subn("", unicodedata.normalize("NFC", text))
    return 23 * links + sum(map(_of_cluster, regex.findall(r"\X", text)))


def _of_cluster(cluster: str) -> int:
    if _IS_EMOJI.search(cluster):
        return 2
    return sum(1 if any(low <= ord(one) <= high for low, high in _RANGES) else 2 for one in cluster)


def links(text: str) -> list[str]:
    return _LINK.findall(text)
