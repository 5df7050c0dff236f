"""Whether a message says nothing but buy: an offer, and a way to it outside of the conversation.

Conservative: both are needed, and whoever speaks of an order of theirs, or warns of such an offer,
is never taken for one. Sources, read 2026-11-28: "commercial spam:
uninvited information … to get you to do something: click a link, buy something, give up personal
information" and "artificial amplification (followers, likes)"
(https://transparency.x.com/en/reports/platform-manipulation/2020-jul-dec.html); investment and
cryptocurrency offers are most of what is lost to fraud that begins on social networks, and go on
in private channels (FTC Data Spotlight 2022, as told by
https://www.watchforscams.com/Watch_For_Scams_Newsletter-Social_Media_Crypto_Scams.html).
"""

import re

from breakwater.domain.scoring.normal import LINK, USER, plain

MOST = 2_000
"""Characters of a text that are looked at."""
MENTIONS = 5
"""Others mentioned in one message, from which it is a way to spread it."""

_OFFERS = re.compile(
    r"\b(?:"
    r"(?:buy|gain|sell(?:ing)?|get (?:free|real|\d+k?)|acheter|achetez|gagnez|vends?|obtenez)\b[^.!?\n]{0,25}"
    r"\b(?:followers?|likes|abonnes|views|vues|subscribers|reviews|avis)"
    r"|(?:cheap|real|instant|vrais)\s(?:followers|likes|abonnes|views)"
    r"|(?:earn|make|made|gagne[rz]?|gains? de)\b[^.!?\n]{0,20}[\d€$£][^.!?\n]{0,25}"
    r"\b(?:a|per|every|each|par|chaque)\s?(?:day|daily|week|month|jour|semaine|mois)"
    r"|(?:double|multiply|triple|doublez|multipliez)\b[^.!?\n]{0,20}"
    r"\b(?:money|bitcoins?|crypto|investment|argent|mise|investissement)"
    r"|(?:invest(?:ed|ing)?|trading|trade[sd]?|mining|investi[rs]?|investissez)\b[^.!?\n]{0,40}"
    r"\b(?:bitcoins?|btc|crypto\w*|forex|usdt|ethereum|profits?|returns|rendements?|benefices)"
    r"|(?:bitcoins?|crypto\w*|forex|btc)\b[^.!?\n]{0,40}\b(?:invest\w*|profits?|trading|trader|mentor"
    r"|manager|expert|giveaway|airdrop|gains|recovery)"
    r"|(?:recover|recuperez)\b[^.!?\n]{0,30}\b(?:bitcoins?|crypto\w*|lost funds|hacked account|wallet)"
    r"|(?:personal|instant|quick|pret|credit)\s(?:loans?|rapide|entre particuliers|sans justificatif)"
    r"|offre de pret|free (?:iphone|gift ?cards?|giftcard|money)|(?:iphone|carte cadeau) gratuite?"
    r"|work from home|travail(?:lez)? (?:a domicile|depuis chez vous) et gagnez"
    r"|(?:casino|betting|paris sportifs)\b[^.!?\n]{0,30}\b(?:bonus|sure|fixed|garantis?)"
    r"|(?:replica|replique)s? (?:watch\w*|bags?|montres?|sacs?)|viagra|cialis"
    r"|onlyfans|hot (?:girls|singles)|(?:check|see|look at|voir) my (?:profile|page|bio)"
    r")\b"
)
_WAYS = re.compile(
    r"\b(?:whats? ?app|telegram|t\.me|wa\.me|signal)\b|\b(?:dm|inbox|message|text|contact|write)\s"
    r"(?:me|him|her|us|now)\b|\b(?:contactez|ecrivez|envoyez)[- ](?:moi|le|la|un)\b"
    r"|\bmp\s(?:moi|pour)\b|\ben (?:mp|dm|message prive)\b|\blink in (?:my )?(?:bio|profile)\b"
    r"|\blien (?:en|dans (?:ma|la)) bio\b|\bcliquez ici\b|\bclick (?:here|the link)\b"
)
_CUSTOMER = re.compile(
    r"\b(?:scam\w*|fraud\w*|fake|phishing|arnaque\w*|escro\w*|faux|beware|careful|attention|mefi\w*"
    r"|orders?|commandes?|bookings?|reservations?|invoices?|factures?|parcels?|colis|refund\w*"
    r"|rembours\w*|delivery|livraisons?|sav"
    r"|report(?:ed)?|signale[rz]?|stop|stolen|vole\w*|your (?:ad|site|page|account)|votre (?:pub"
    r"|site|page|compte)|is (?:this|it) (?:you|real|true)|est-ce (?:vous|vrai))\b"
)


def is_spam(text: str) -> bool:
    """English and French; of the first MOST characters."""
    seen = text[:MOST]
    view = plain(seen)
    if _CUSTOMER.search(view):
        return False
    leads = bool(_WAYS.search(view)) or LINK in view
    spread = view.count(USER) >= MENTIONS
    return bool(_OFFERS.search(view)) and (leads or spread)
