"""Whether a text is put as a question, by its form alone: its mark, or words that ask.

English and French, as people type them. The forms were chosen on the 11,550 texts of ours that the
scorer learns from: 27 of 45 questions without a mark have one, and 177 of all else without a mark.
"""

import re

_MARKS = ("?", "？", "؟")
_BEGINS = (
    r"(?:^|[.!;:…\n,]\s{0,3}"
    r"|\b(?:and|so|but|also|et|mais|sinon|bonjour|bjr|hello|hi|hey|salut|slt)\W{1,3})"
)
_YOU = (
    r"(?:i|you|u|we|they|it|there|the|my|your|this|that|these|those|anybody|anyone|somebody"
    r"|someone|he|she)"
)
_FIRST = (
    r"(?:where|why|how|which|whose|(?:what|when|where|who|how)['’]?s"
    r"|what\s(?!(?:a|an|the)\s)|when\s(?:is|are|do|does|did|can|could|will|would)"
    rf"|(?:can|could|will|would|do|does|did|is|are|may|should|have|has)\s{_YOU}"
    r"|pourquoi|pq|pk|comment|cmt|combien|quelle?s?|est[ -]ce|esk|qu['’]est[ -]ce|puis[ -]je"
    r"|peut[ -]on|on\speut|pouvez[ -]vous|pourriez[ -]vous|avez[ -]vous|faites[ -]vous"
    r"|savez[ -]vous|o[uù]\s(?:est|sont|se|puis|peut|en)|quand\sest|y\sa[ -]t[ -]il)(?!\w)"
)
_INSIDE = (
    r"\b(?:i\swonder(?:ed|ing)?|wondering|can\s(?:you|u|anyone|someone)\stell"
    r"|(?:me|m['’])\s?demand(?:e|ais)|c\s?['’]?\s?est\squoi)(?!\w)"
    r"|(?<!n['’]importe )(?<!de )\b(?:quoi|koi|kwa)(?!\w)"
)
_LAST = r"\b(?:ou\s(?:pas|non|c['’]?\s?est\smort)|or\snot?)\W{0,9}$"
_FORM = re.compile(rf"{_BEGINS}{_FIRST}|{_INSIDE}|{_LAST}", re.IGNORECASE)
MOST = 2_000
"""Characters of a text that are looked at: the first ones."""


def asks(text: str) -> bool:
    """A form alone proves little: whoever asks weighs it with what the scorer says."""
    return any(one in text for one in _MARKS) or bool(_FORM.search(text[:MOST]))
