"""What can be read of an account: its timeline, whom it follows, its figures, its profile."""

import asyncio
from dataclasses import replace
from itertools import count

from breakwater.networks.base import Can, Figure
from breakwater.networks.conformance.making import open_, parcel
from breakwater.networks.conformance.subject import Check, Subject, needs, skip
from breakwater.networks.conformance.trying import own_id, publish, read, where_offered

_PAGES = 50


async def timeline_is_newest_first_and_keeps_to_its_limit(subject: Subject) -> None:
    needs(subject, Can.TIMELINE)
    connector = open_(subject)
    older, newer = await parcel(subject, "Older."), await parcel(subject, "Newer.")
    first = await publish(connector, older)
    await asyncio.sleep(0.005)  # timelines sort by milliseconds
    second = await publish(connector, replace(newer, created_at=subject.now()))
    await read(subject, connector, second.remote_id)

    timeline = await connector.timeline(2)

    newest_first = [await own_id(subject, connector, sent) for sent in (second, first)]
    ids = [seen.remote_id for seen in timeline]
    assert ids == newest_first, f"the timeline shows {ids}, not {newest_first}"
    assert len(await connector.timeline(1)) == 1, "the limit was not kept"


async def whom_it_follows_comes_page_by_page(subject: Subject) -> None:
    needs(subject, Can.FOLLOWING)
    connector, cursor, ids = open_(subject), "", list[str]()
    for page in count():
        people = await where_offered(connector.following(cursor))
        ids += [one.remote_id for one in people.people]
        if not (cursor := people.cursor):
            break
        assert page < _PAGES, "the pages do not end"

    if not ids:
        skip("the subject's account follows nobody")
    assert all(ids), "somebody who is followed has no id"
    assert len(ids) == len(set(ids)), "somebody is followed twice"


async def figures_of_a_post_are_numbers_of_one_thing(subject: Subject) -> None:
    needs(subject, Can.INSIGHTS)
    connector = open_(subject)
    sent = await publish(connector, await parcel(subject, "Count me."))
    post = await own_id(subject, connector, sent)

    _each_once(await where_offered(connector.insights(post)))


async def figures_of_the_account_are_numbers_of_one_thing(subject: Subject) -> None:
    needs(subject, Can.INSIGHTS)

    _each_once(await where_offered(open_(subject).insights()))


async def the_profile_reads_alike_while_nobody_changes_it(subject: Subject) -> None:
    """What differs from one look to the next (a signed address) is told as unknown: else people
    would be alarmed by nothing."""
    needs(subject, Can.PROFILE)

    first = await where_offered(open_(subject).profile())
    again = await open_(subject).profile()

    assert first.name, "the account has no name"
    assert again == first, f"nobody changed {first}, and it reads {again}"


def _each_once(figures: tuple[Figure, ...]) -> None:
    assert figures, "the network has figures, and there are none"
    known = [(figure.metric, figure.day) for figure in figures]
    assert len(known) == len(set(known)), f"a figure is there twice: {known}"
    assert all(figure.value >= 0 for figure in figures), f"below nought: {figures}"


READING: tuple[Check, ...] = (
    timeline_is_newest_first_and_keeps_to_its_limit,
    whom_it_follows_comes_page_by_page,
    figures_of_a_post_are_numbers_of_one_thing,
    figures_of_the_account_are_numbers_of_one_thing,
    the_profile_reads_alike_while_nobody_changes_it,
)
