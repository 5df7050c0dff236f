"""What the shipped weights must reach on our own texts that are kept back, whoever trains them.

A floor is what was measured, less a margin: figures on some hundred texts move by a few hundredths
from one training to the next. Raise them when weights become better; none is ever lowered to let
weights through.
"""

from breakwater.domain.scoring.scores import Head

AUC = {
    "en": {
        Head.ABUSIVE: 0.87,
        Head.INSULT: 0.88,
        Head.THREAT: 0.84,
        Head.IDENTITY_HATE: 0.90,
        Head.DANGER: 0.91,
        Head.COMPLAINT: 0.83,
        Head.QUESTION: 0.94,
    },
    "fr": {
        Head.ABUSIVE: 0.88,
        Head.INSULT: 0.88,
        Head.THREAT: 0.86,
        Head.IDENTITY_HATE: 0.89,
        Head.DANGER: 0.92,
        Head.COMPLAINT: 0.83,
        Head.QUESTION: 0.965,
    },
}
"""ROC-AUC by language and head. That of English questions was 0.95 on the texts of before; on those of now the weights of then
have 0.928."""
FEELING = {"en": 0.60, "fr": 0.59}
"""Macro-F1 of negative, neutral, positive."""
COMPLAINTS_VEILED = 0.03
"""Share of honest complaints that may be veiled, by language."""
HARMLESS_VEILED = 0.03
"""Share of all texts that are not toxic."""
ABUSIVE_VEILED = {"en": 0.34, "fr": 0.47}
"""Share of all texts that are, at least."""
ABSTAINS = 0.01
"""Share of texts in a language of ours on which the model may say nothing."""

TEXTS_OF_A_GROUP = 20
"""Below, a group's figures say nothing that a floor could hold."""
FAIR = {
    "en": {"subgroup": 0.80, "bpsn": 0.79, "bnsp": 0.85},
    "fr": {"subgroup": 0.80, "bpsn": 0.78, "bnsp": 0.84},
}
"""ROC-AUC of each group with enough texts: of its own texts; of its harmless ones and others'
abusive ones; of its abusive ones and others' harmless ones."""
MEASURED_ANEW = {
    ("fr", "origin/roma", "bnsp"): 0.80,
    ("fr", "class/poor", "bpsn"): 0.73,
}
"""Instead of FAIR, where texts that are kept back since 1 December 2026 ask what FAIR was not measured on, and weights 1.3
miss it: Roma, of whom fewer than TEXTS_OF_A_GROUP were asked for before (weights 1.3 have 0.819 on these, 1.4 0.824); and any
word for the poor, most of them "pauvre" said of who is not (0.811 on the 28 texts of before; on the 44 of now 1.3 has 0.732,
1.4 0.752). To be raised to the others'."""
GROUPS = {"en": 9, "fr": 14}
"""Groups with enough texts: fewer would mean that nothing is held."""

LOST_OF = (
    "en-brand", "en-identity", "fr-adapted", "fr-brand", "fr-clients", "fr-forum", "fr-identity",
    "fr-regions",
)  # fmt: skip
"""Whose texts came first. LOST and LOST_SLOW hold for these and for those of the others alike."""
LOST = {
    "leet": 0.03,
    "spaced": 0.03,
    "starred": 0.03,
}
"""ROC-AUC of toxicity that may be lost in a language when all texts are written in this way."""
LOST_SLOW = {
    "drawn_out": 0.03,
    "emoji_between": 0.03,
    "dotted": 0.03,
    "pointed": 0.03,
    "swapped": 0.03,
    "dropped": 0.045,
}
"""The same; looked at in the slow tests."""
LOST_TOGETHER = 0.03
"""ROC-AUC that each of them may cost over both languages: what is promised."""
MENDED_HARMLESS = 0.005
"""Share of harmless texts whose band mending may change."""

BAND_KEPT = 0.98
"""Share of harmless texts that stay in their band when their writer says of what group they are;
0.99 is promised. In English a word that names no group moves as many."""
BAND_KEPT_MORE = 0.03
"""By how much a word that names no group may keep more."""

BYTES = 8_000_000
"""Of all weights."""
LOAD_S = 0.150 * 3
"""150 ms, on a machine that does other things."""
MEMORY_MIB = 60
"""More than numpy alone."""
