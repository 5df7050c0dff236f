"""A post leaves once, is found again, can be changed and can be taken away."""

import secrets
from dataclasses import replace

from breakwater.domain.errors import OutcomeUnknown, Refused
from breakwater.domain.guarantees import Guarantee
from breakwater.domain.text import folded
from breakwater.networks.base import Can, Handle, Parcel, Sent
from breakwater.networks.conformance.making import Keep, limits, open_, parcel, takes_pictures
from breakwater.networks.conformance.subject import Check, Subject, needs
from breakwater.networks.conformance.trying import (
    copies,
    found,
    outcome,
    own_id,
    publish,
    read,
    where_offered,
)

_FAMILY = "👨‍👩‍👧‍👦"
_EVERY_SCRIPT = (
    f"{_FAMILY}👋🏽🏴‍☠️🇫🇷 שלום עולם, مرحبا بالعالم. "
    "ņ̃ é Å 한글 ไทย 𝒜 \u201cdone\u201d – 100 % \\n %s {0}"
)
"""Families, flags, right to left, marks that combine, planes beyond the first, and what looks like
an escape or a format."""

_MARKUP = "<b>&amp;</b> <!-- a --> &#x41; [b](c) *d*"


async def publishes_and_reads_back_equal(subject: Subject) -> None:
    connector = open_(subject)
    said = await parcel(subject, "Hello — ça va? 👋🏽 第一.\n\nTwo lines.")

    sent = await publish(connector, said)

    seen = await read(subject, connector, sent.remote_id)
    assert seen is not None, "what was just published cannot be read"
    if subject.renames:
        assert await connector.read(seen.remote_id) == seen, "not the same by its own id"
    else:
        assert seen.remote_id == sent.remote_id, f"{seen.remote_id}, not {sent.remote_id}"
    assert folded(seen.text) == folded(said.text), f"it shows {seen.text!r}, not {said.text!r}"
    assert seen.created_at.tzinfo is not None, "created_at must be aware"


async def keeps_every_character(subject: Subject) -> None:
    connector, said = open_(subject), await parcel(subject, _EVERY_SCRIPT)

    sent = await publish(connector, said)

    seen = await read(subject, connector, sent.remote_id)
    assert seen is not None, "what was just published cannot be read"
    assert folded(seen.text) == folded(said.text), f"it shows {seen.text!r}, not {said.text!r}"


async def shows_markup_as_it_was_typed(subject: Subject) -> None:
    """Or refuses it: what it must not do is to obey it."""
    connector, said = open_(subject), await parcel(subject, _MARKUP)
    try:
        sent = await publish(connector, said)
    except Refused:
        return

    seen = await read(subject, connector, sent.remote_id)
    assert seen is not None, "what was just published cannot be read"
    assert folded(seen.text) == folded(said.text), f"it shows {seen.text!r}, not {said.text!r}"


async def keeps_what_preparing_makes(subject: Subject) -> None:
    pictures = min(1, limits(subject).pictures)
    pictures = pictures if takes_pictures(subject, pictures) else 0
    connector, keep = open_(subject), Keep()
    said = await parcel(subject, "Prepared twice.", pictures=pictures)

    made = await connector.prepare(said, {}, keep)
    again = await connector.prepare(said, made, keep)
    await connector.commit(said, again)

    assert dict(keep.last) == dict(again), "prepare returned what it never gave to `keep`"
    assert dict(made) == dict(again), "prepare did not go on from what it was given"


async def finds_nothing_before_the_first_commit(subject: Subject) -> None:
    connector, said = open_(subject), await parcel(subject, "Never sent.")
    handle = await connector.prepare(said, {}, Keep())

    look = await connector.look(said, handle)

    assert look.complete, "the look did not reach back to the first send"
    assert copies(look.posts, said) == (), "found, yet it was never sent"


async def look_finds_what_was_published(subject: Subject) -> None:
    connector, said = open_(subject), await parcel(subject, "Look for me.")
    handle = await connector.prepare(said, {}, Keep())
    sent = await connector.commit(said, handle)

    seen = await found(subject, connector, said, handle)

    ids = [one.remote_id for one in seen]
    assert ids == [await own_id(subject, connector, sent)], f"the look found {ids}"


async def same_parcel_twice_behaves_as_its_guarantee_says(subject: Subject) -> None:
    connector, said = open_(subject), await parcel(subject, "Once, please.")
    handle = await connector.prepare(said, {}, Keep())
    first = await connector.commit(said, handle)

    second = await outcome(connector, said, handle)

    number = len(await found(subject, connector, said, handle))
    if connector.guards(said) is Guarantee.NONE:
        assert number in (1, 2), f"{number} copies of one parcel"
        return
    assert number == 1, f"{number} copies of one parcel"
    if isinstance(second, Sent):
        assert second.remote_id == first.remote_id, "a second id for the same parcel"
    else:
        assert isinstance(second, OutcomeUnknown), f"not a refusal: the post is out ({second!r})"


async def deletes_and_proves_absence(subject: Subject) -> None:
    needs(subject, Can.DELETE)
    connector, said = open_(subject), await parcel(subject, "Gone soon.")
    handle = await connector.prepare(said, {}, Keep())
    sent = await connector.commit(said, handle)
    assert await read(subject, connector, sent.remote_id) is not None, "it was never there"

    await connector.delete(sent.remote_id)
    await connector.delete(sent.remote_id)

    assert await connector.read(sent.remote_id) is None, "deleted, yet readable"
    assert copies((await connector.look(said, handle)).posts, said) == (), "deleted, yet found"


async def edits_what_is_out(subject: Subject) -> None:
    needs(subject, Can.EDIT)
    connector, said = open_(subject), await parcel(subject, "A typpo.")
    sent = await publish(connector, said)
    changed = replace(said, text=f"A typo less. {secrets.token_hex(6)}")

    after = await where_offered(connector.edit(sent.remote_id, changed))

    seen = await read(subject, connector, after.remote_id)
    assert seen is not None, "edited, and not readable any more"
    assert folded(seen.text) == folded(changed.text), f"it shows {seen.text!r}"


async def takes_a_text_at_its_limit(subject: Subject) -> None:
    connector, said = open_(subject), await _of_length(subject, 0)

    sent = await publish(connector, said)

    seen = await read(subject, connector, sent.remote_id)
    assert seen is not None, "what was just published cannot be read"
    assert folded(seen.text) == folded(said.text), "a text at the limit was changed"


async def refuses_what_is_over_the_limit(subject: Subject) -> None:
    await _is_refused(subject, await _of_length(subject, 1))


async def refuses_what_has_too_many_bytes(subject: Subject) -> None:
    bytes_ = limits(subject).text.max_bytes
    if bytes_ is None:
        return
    families = bytes_ // len(_FAMILY.encode()) + 1
    await _is_refused(subject, await parcel(subject, _FAMILY * families, exact=True))


async def _of_length(subject: Subject, over: int) -> Parcel:
    """A text as long as the form allows, and so many letters more."""
    simple = await parcel(subject, "")
    form = next((one for one in subject.manifest.forms if one.name == simple.form), None)
    by = (form.text if form else None) or limits(subject).text
    length = min(by.limit, by.max_bytes or by.limit) + over
    return replace(simple, text=secrets.token_hex(length)[:length])


async def _is_refused(subject: Subject, said: Parcel) -> None:
    connector = open_(subject)
    handle: Handle = {}
    try:
        handle = await connector.prepare(said, {}, Keep())
        await connector.commit(said, handle)
    except Refused:
        look = await connector.look(said, handle)
        assert copies(look.posts, said) == (), "refused, yet there"
    else:
        raise AssertionError("a text over the limit was accepted")


PUBLISHING: tuple[Check, ...] = (
    publishes_and_reads_back_equal,
    keeps_every_character,
    shows_markup_as_it_was_typed,
    keeps_what_preparing_makes,
    finds_nothing_before_the_first_commit,
    look_finds_what_was_published,
    same_parcel_twice_behaves_as_its_guarantee_says,
    deletes_and_proves_absence,
    edits_what_is_out,
    takes_a_text_at_its_limit,
    refuses_what_is_over_the_limit,
    refuses_what_has_too_many_bytes,
)
