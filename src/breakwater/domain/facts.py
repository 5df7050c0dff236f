"""What can be known of a message without reading it: numbers, dates, amounts, its questions.

English and French, by form alone: nothing here judges. What is found stands in the text as it came;
nobody has said yet that it is harmless (masking.py asks).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from breakwater.domain.scoring.normal import ADDRESS

MOST = 4_000
"""Characters of a text that are looked at: the first ones."""
_LEAST_DIGITS = 3
_PHONE_DIGITS = range(9, 16)
_SHOWN_OF_PHONE = 2
_LONGEST_SENTENCE = 1_000


class Kind(StrEnum):
    """In the order in which they are told."""

    ORDER = "order"
    """A number of an order, a booking, an invoice, a parcel."""
    DATE = "date"
    TIME = "time"
    AMOUNT = "amount"
    PLACE = "place"
    PHONE = "phone"
    LINK = "link"
    PERSON = "person"
    """A handle or a mail address."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Characters `start` to `end` (exclusive) of the text. For an order: of its number alone."""

    kind: Kind
    start: int
    end: int

    def of(self, text: str) -> str:
        """As it may be shown: of a telephone number the first and last two figures."""
        said = text[self.start : self.end]
        return partly(said) if self.kind is Kind.PHONE else said


_MONTHS = (
    r"jan(?:uary|vier|v)?|feb(?:ruary)?|f[ée]v(?:rier)?|mar(?:ch|s)|apr(?:il)?|avr(?:il)?|may|mai"
    r"|june?|juin|july?|juillet|juil|aug(?:ust)?|ao[uû]t|sept?(?:ember|embre)?|oct(?:ober|obre)?"
    r"|nov(?:ember|embre)?|d[eé]c(?:ember|embre)?"
)
_DAYS = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|yesterday|tomorrow|today|hier|demain|aujourd.hui"
)
_ABOUT = (
    r"orders?|commandes?|ref(?:erence)?|r[ée]f(?:[ée]rence)?|bookings?|r[ée]servations?|invoices?"
    r"|factures?|tickets?|dossiers?|case|tracking|suivi|colis|parcels?|packages?|client|customer"
    r"|contrat|contract|billet"
)
_LINKING = r"(?:number|num[ée]ro|no\.?|nr\.?|n[°º]|id|code|is|est|was|de|du|le|la|the|my|ma|:|\#|-)"
_COIN = r"€|\$|£|euros?\b|eur\b|usd\b|gbp\b|dollars?\b|pounds?\b|livres?\b|chf\b|cad\b"
_NUMBER = r"\d{1,9}(?:[.,]\d{1,3}){0,3}"
_REFERENCE = r"[A-Za-z]{0,10}[-_]?\d[A-Za-z0-9-]{2,24}"

_I = re.IGNORECASE
_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.LINK, re.compile(rf"{ADDRESS}[^\s<>\"']*", _I)),
    (
        Kind.PERSON,
        re.compile(r"(?<![\w.+-])(?:[\w.+-]{1,64}@[\w.-]{1,100}\w|@\w[\w.-]{0,100})"),
    ),
    (
        Kind.ORDER,
        re.compile(
            rf"(?<!\w)(?:{_ABOUT})(?:\s{{0,3}}{_LINKING}){{0,4}}\s{{0,3}}(?P<said>{_REFERENCE})(?!\w)",
            _I,
        ),
    ),
    (Kind.ORDER, re.compile(rf"(?:(?<!\w)n[°º]\s?|(?<![\w&])\#)(?P<said>{_REFERENCE})(?!\w)", _I)),
    (
        Kind.DATE,
        re.compile(
            r"(?<![\w/.-])(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}(?:/\d{2,4})?"
            r"|\d{1,2}\.\d{1,2}\.\d{2,4}"
            rf"|(?:\d{{1,2}}(?:er|st|nd|rd|th)?\s(?:of\s)?(?:{_MONTHS})"
            rf"|(?:{_MONTHS})\s\d{{1,2}}(?:st|nd|rd|th)?)(?:,?\s\d{{4}})?|{_DAYS})(?![\w/])",
            _I,
        ),
    ),
    (
        Kind.AMOUNT,
        re.compile(
            rf"(?:[€$£]\s?{_NUMBER}|(?<![\w.,]){_NUMBER}\s?(?:{_COIN}))(?:\s?\d{{2}}(?!\w))?", _I
        ),
    ),
    (
        Kind.TIME,
        re.compile(
            r"(?<![\w:.,/-])(?:[01]?\d|2[0-4])(?:\s?[hH]\s?(?:[0-5]\d)?|:[0-5]\d(?:\s?[ap]m)?"
            r"|\s?[ap]\.?m\.?|\so.clock)(?!\w)",
            _I,
        ),
    ),
    (Kind.PHONE, re.compile(r"(?<![\w+])\+?\(?\d(?:[ .()/-]{0,2}\d){8,14}(?![\w])")),
    (
        Kind.ORDER,
        re.compile(r"(?<![\w./-])(?:[A-Z]{1,4}[-_]?\d[A-Z0-9-]{2,24}|\d{5,20})(?![\w/])"),
    ),
    (
        Kind.PLACE,
        re.compile(
            r"(?<!\w)(?:in|at|near|à|au|aux|chez|près de|de)\s"
            r"(?P<said>[A-ZÀ-Þ][\w'’-]{1,30}(?:[ -](?:[A-ZÀ-Þ][\w'’-]{1,30}|\d{1,2}(?!\w))){0,2})"
        ),
    ),
)

_END = re.compile(r"[.!?…\n]+(?:\s|$)|\n|$")
_ASKS = re.compile(
    r"\W{0,5}(?:(?:and|so|but|et|mais|alors|please|bonjour|hello|hi)\W{1,3}){0,2}"
    r"(?:who|what|when|where|why|how|which|whose|(?:can|could|will|would|do|does|did|is|are|may)\s"
    r"(?:i|you|we|they|it|there|the|my|your|this|that|anybody|anyone|somebody|someone)"
    r"|qui|que|qu['’]|quoi|quand|o[ùu]|pourquoi|comment|combien|quelle?s?|est-ce|puis-je|peut-on"
    r"|pouvez-vous|pourriez-vous|avez-vous|faites-vous|y a-t-il)(?![\w])",
    _I,
)


def facts(text: str) -> tuple[Fact, ...]:
    """In the order of the text, none within another; of the first MOST characters."""
    seen = text[:MOST]
    taken = [False] * len(seen)
    found: list[Fact] = []
    for kind, pattern in _PATTERNS:
        for met in pattern.finditer(seen):
            start, end = met.span("said" if "said" in pattern.groupindex else 0)
            if any(taken[start:end]) or not _holds(kind, seen[start:end]):
                continue
            taken[start:end] = [True] * (end - start)
            found.append(Fact(kind, start, end))
    return tuple(sorted(found, key=lambda one: one.start))


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where sentences start and end, marks included; of the first MOST characters."""
    seen = text[:MOST]
    start = 0
    for met in _END.finditer(seen):
        end = met.end()
        while start < end:
            stop = min(end, start + _LONGEST_SENTENCE)
            if seen[start:stop].strip():
                yield start, stop
            start = stop


def questions(text: str) -> tuple[tuple[int, int], ...]:
    """The sentences that ask something: by their mark, or by how they begin."""
    return tuple(
        (start, end)
        for start, end in sentences(text)
        if "?" in text[start:end][-4:] or _ASKS.match(text[start:end])
    )


def partly(number: str) -> str:
    """A telephone number with all its figures but the first and the last two as "•"."""
    digits = [at for at, one in enumerate(number) if one.isdecimal()]
    hidden = set(digits[_SHOWN_OF_PHONE:-_SHOWN_OF_PHONE])
    return "".join("•" if at in hidden else one for at, one in enumerate(number))


def _holds(kind: Kind, said: str) -> bool:
    digits = sum(one.isdecimal() for one in said)
    if kind is Kind.ORDER:
        return digits >= _LEAST_DIGITS
    return kind is not Kind.PHONE or digits in _PHONE_DIGITS
