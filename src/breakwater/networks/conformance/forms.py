"""Every shape that the manifest declares: pictures, videos, documents, together or alone."""

from dataclasses import replace

from breakwater.domain.errors import Refused, Unsupported
from breakwater.domain.text import folded
from breakwater.networks.base import Can, Connector, Form, Kind, Parcel
from breakwater.networks.conformance.making import (
    least,
    limits,
    media,
    most,
    open_,
    parcel,
    some,
    takes_pictures,
)
from breakwater.networks.conformance.subject import Check, Denied, Subject, needs, skip
from breakwater.networks.conformance.trying import publish, read


async def shows_alt_texts_and_pictures(subject: Subject) -> None:
    number = min(2, limits(subject).pictures)
    if not number or not takes_pictures(subject, number):
        raise Denied(f"the manifest says no to posts of {number} pictures")
    if not subject.media_shown:
        skip("the network does not show the media of a post to apps")
    connector, said = open_(subject), await parcel(subject, "With pictures.", pictures=number)

    sent = await publish(connector, said)

    seen = await read(subject, connector, sent.remote_id)
    assert seen is not None, "what was just published cannot be read"
    alts = [one.alt for one in said.media] if limits(subject).alt_characters else [""] * number
    assert [one.alt for one in seen.media] == alts, "not the pictures, or not in their words"


async def publishes_every_form(subject: Subject) -> None:
    if not subject.manifest.forms:
        skip("the manifest declares no forms")
    for form in subject.forms:
        await _publishes(subject, form)


async def announces_a_live_event(subject: Subject) -> None:
    await _has_form(subject, Can.LIVE, "live")


async def changes_opening_hours(subject: Subject) -> None:
    await _has_form(subject, Can.HOURS, "hours")


async def takes_as_many_as_it_says(subject: Subject) -> None:
    connector = open_(subject)
    for form in subject.forms:
        full = most(subject, form)
        if len(full) in (0, len(some(subject, form))):
            continue
        said = await parcel(subject, f"Full: {form.name}.", form=form, carried=full)
        sent = await publish(connector, said)
        await _shows(subject, form, sent.remote_id, len(full))


async def refuses_one_more(subject: Subject) -> None:
    connector = open_(subject)
    for form in subject.forms:
        for kind, (_, top) in form.takes.items():
            numbers = {one: fewest for one, (fewest, _) in form.takes.items()} | {kind: top + 1}
            said = await parcel(
                subject, "One too many.", form=form, carried=media(subject, form, numbers)
            )
            assert await _refused(connector, said), f"{form.name} took {top + 1} of {kind.value}"


async def refuses_a_kind_that_no_form_takes(subject: Subject) -> None:
    taken = {kind for form in subject.manifest.forms for kind in form.takes}
    if not taken and limits(subject).pictures:
        taken = {Kind.PICTURE}
    connector, simple = open_(subject), await parcel(subject, "Not this.")
    shape = Form(name=simple.form, label="")
    for kind in set(Kind) - taken:
        said = replace(simple, media=media(subject, shape, {kind: 1}))
        assert await _refused(connector, said), f"no form takes a {kind.value}, yet one is out"


async def knows_the_form_of_media(subject: Subject) -> None:
    manifest = subject.manifest
    for form in manifest.forms:
        for carried in (least(subject, form), some(subject, form), most(subject, form)):
            assert form.fits(carried), f"{form.name} does not fit its own {len(carried)} media"
            assert manifest.form_of(carried, form.name) == form, f"{form.name} is not found by name"
        for kind, (_, top) in form.takes.items():
            over = media(subject, form, {kind: top + 1})
            assert manifest.form_of(over, form.name) is None, f"{form.name} takes {top + 1}"
    assert manifest.form_of((), "no such form") is None, "a form that is not there was found"


async def _refused(connector: Connector, said: Parcel) -> bool:
    """While it is prepared, or at the latest by the commit."""
    try:
        await publish(connector, said)
    except (Refused, Unsupported):
        return True
    return False


async def _has_form(subject: Subject, can: Can, name: str) -> None:
    """What is of this capability is published as a form of this name."""
    needs(subject, can)
    form = next((one for one in subject.manifest.forms if one.name == name), None)
    if form is None:
        skip(f"the manifest has no form `{name}`")
    await _publishes(subject, form)


async def _publishes(subject: Subject, form: Form) -> None:
    carried = some(subject, form)
    said = await parcel(subject, f"As {form.name}.", form=form, carried=carried)
    connector = open_(subject)

    sent = await publish(connector, said)

    assert sent.remote_id, f"{form.name} was published without an id"
    text = await _shows(subject, form, sent.remote_id, len(carried))
    if form.text_shown and text is not None:
        assert folded(text) == folded(said.text), f"{form.name} shows {text!r}"


async def _shows(subject: Subject, form: Form, remote_id: str, number: int) -> str | None:
    """The text that is shown beside so many media; None where nothing can be read back."""
    if not subject.manifest.allows(Can.READ_BACK) or form.name in subject.not_posts:
        return None
    seen = await read(subject, open_(subject), remote_id)
    assert seen is not None, f"{form.name} was published and cannot be read"
    shown = len(seen.media) if subject.media_shown else number
    assert shown == number, f"{form.name} shows {len(seen.media)} media, not {number}"
    return seen.text


FORMS: tuple[Check, ...] = (
    shows_alt_texts_and_pictures,
    publishes_every_form,
    announces_a_live_event,
    changes_opening_hours,
    takes_as_many_as_it_says,
    refuses_one_more,
    refuses_a_kind_that_no_form_takes,
    knows_the_form_of_media,
)
