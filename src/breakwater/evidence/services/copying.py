"""A copy for somebody outside, without what is of third parties: made, chained, noted, not kept."""

from datetime import datetime

from django.db import transaction

from breakwater.domain.errors import Invalid, StaleState
from breakwater.domain.text import one_line, storable
from breakwater.evidence import vault, verify
from breakwater.evidence.blackout import KINDS
from breakwater.evidence.copying import Cut, Made, redacted
from breakwater.evidence.models import Capture
from breakwater.evidence.services.exporting import COPIED, handed, note_look
from breakwater.evidence.services.sealing import add_link, locked_head
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access

WHY_MAX = 500
WORDS_MAX = 200
WORD_MIN = 2


def copy_for_others(
    by: Access, capture: Capture, cut: Cut, why: str, *, via: str = "page", now: datetime
) -> bytes:
    """A ZIP as `export` gives it, around the copy. The original is read, and stays as it is.

    The copy is a link of the chain, so that `verify.py` finds whatever is changed in it later; who
    made it and for whom (why) is noted. Raises: Forbidden; Invalid("copy_why", "copy_of_all",
    "copy_words"); StaleState("copy_of_address"); and as export.
    """
    checks.may(by, Right.RESPOND)
    said = one_line(storable(why))[:WHY_MAX]
    _check(capture, cut, said)
    made = Made(by.person.name, now.isoformat(), said)
    package = redacted(vault.package(capture), cut, made)
    with transaction.atomic():
        head = locked_head(capture)  # before the audit chain's, as sealing locks them
        note_look(by, capture, COPIED, via=via, now=now)
        add_link(head, capture, package, "", by=by.person.pk, now=now)
    return handed(capture, package.data, stamp_as=verify.ORIGINAL_STAMP)


def _check(capture: Capture, cut: Cut, why: str) -> None:
    if not why:
        raise Invalid(code="copy_why", field="why")
    if capture.address_only:
        raise StaleState(code="copy_of_address")
    if not cut.kinds <= set(KINDS) or not (cut.kinds or cut.words or not cut.pictures):
        raise Invalid(code="copy_of_all", field="kinds")
    if len(cut.words) > WORDS_MAX or any(len(one) < WORD_MIN for one in cut.words):
        raise Invalid(code="copy_words", field="words", most=WORDS_MAX, least=WORD_MIN)
