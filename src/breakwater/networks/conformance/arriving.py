"""What comes: nothing is lost, nothing comes twice, and a push is believed only with its proof."""

import asyncio
import secrets
from dataclasses import dataclass, field
from itertools import count

from breakwater.domain.errors import Refused, Unsupported
from breakwater.networks.base import Arrived, Can, Connector, Source
from breakwater.networks.conformance.making import open_, parcel
from breakwater.networks.conformance.subject import Check, Said, Subject, needs, skip
from breakwater.networks.conformance.trying import own_id, publish, until, where_offered

_PAGES = 50
_AGAIN_S = 0.02
_CURSOR = 1000
_ADDRESS = "https://desk.example/hooks/1"


@dataclass
class _Ear:
    """Polls one source and goes on from its cursor, as the caller of a connector does."""

    connector: Connector
    source: Source
    cursor: str = ""
    heard: list[Arrived] = field(default_factory=list)

    async def listen(self) -> list[Arrived]:
        """All that is new now, over as many pages as it takes."""
        new: list[Arrived] = []
        for page in count():
            batch = await where_offered(self.connector.poll(self.source, self.cursor))
            assert len(batch.cursor) <= _CURSOR, f"a cursor of {len(batch.cursor)} characters"
            new += batch.arrived
            self.cursor = batch.cursor
            if not batch.more:
                break
            assert page < _PAGES, "the pages do not end"
        self.heard += new
        return new


async def loses_no_comment(subject: Subject) -> None:
    needs(subject, Can.COMMENTS)
    connector = open_(subject)
    sent = await publish(connector, await parcel(subject, "Ask us."))
    post = await own_id(subject, connector, sent)
    await _nothing_is_lost(subject, Source.COMMENTS, "stranger_comments", post)


async def loses_no_ad_comment(subject: Subject) -> None:
    needs(subject, Can.AD_COMMENTS)
    await _nothing_is_lost(subject, Source.AD_COMMENTS, "stranger_comments_on_an_ad")


async def loses_no_mention(subject: Subject) -> None:
    needs(subject, Can.MENTIONS)
    await _nothing_is_lost(subject, Source.MENTIONS, "stranger_mentions")


async def loses_no_message(subject: Subject) -> None:
    needs(subject, Can.MESSAGES)
    await _nothing_is_lost(subject, Source.MESSAGES, "stranger_writes")


async def loses_no_review(subject: Subject) -> None:
    needs(subject, Can.REVIEWS)
    said = await _spoken(subject, "stranger_reviews", (), 1, after=(4,))
    ear = _Ear(open_(subject), Source.REVIEWS)
    await _hears(subject, ear, said)
    (review,) = [one for one in ear.heard if one.remote_id == said[0].remote_id]
    assert review.rating == 4, f"a review of four stars has {review.rating}"


async def comments_below_a_post_are_all_read(subject: Subject) -> None:
    needs(subject, Can.COMMENTS)
    connector = open_(subject)
    sent = await publish(connector, await parcel(subject, "Say it all."))
    post = await own_id(subject, connector, sent)
    said = await _spoken(subject, "stranger_comments", (post,), subject.many)

    comments = await where_offered(until(
        subject, lambda: connector.comments(post), lambda found: len(found) >= len(said)
    ))  # fmt: skip

    ids = [one.remote_id for one in comments]
    assert {one.remote_id for one in said} <= set(ids), "a comment was not read"
    assert len(ids) == len(set(ids)), "a comment was read twice"


async def hears_what_comes_as_it_comes(subject: Subject) -> None:
    """A stream that ends is opened again, as its listener does."""
    needs(subject, Can.STREAM)
    connector, heard = open_(subject), set[str]()
    sent = await publish(connector, await parcel(subject, "Ask us now."))
    post = await own_id(subject, connector, sent)

    async def listen() -> None:
        while True:
            async for one in connector.stream():
                heard.add(one.remote_id)
            await asyncio.sleep(_AGAIN_S)

    async def hear() -> None:
        said = await subject.server.told("stranger_comments", post, "Is it fresh?")
        while said.remote_id not in heard and not listening.done():
            await asyncio.sleep(_AGAIN_S)

    listening = asyncio.create_task(listen())
    try:
        async with asyncio.timeout(subject.timeout_s):
            await hear()
    except TimeoutError as error:
        raise AssertionError(f"{len(heard)} things were heard, not the comment") from error
    finally:
        listening.cancel()
        (ended,) = await asyncio.gather(listening, return_exceptions=True)
    await where_offered(_ended(ended))


async def _ended(by: BaseException | None) -> None:
    """By us, or by an error that the listener met."""
    if by is not None and not isinstance(by, asyncio.CancelledError):
        raise by


async def believes_no_push_without_its_proof(subject: Subject) -> None:
    needs(subject, Can.PUSH)
    await _asks_for_pushes(subject)
    headers, body = await subject.server.told("pushes")
    _, account = subject.signing()
    hooks = subject.network.hooks if subject.network else None
    assert hooks is not None, "the manifest says that the network pushes, and it has no hooks"

    hooks.verify(headers, body, subject.app, subject.now())

    pushed = hooks.parse(headers, body)
    assert account.remote_id in {one.remote_id for one in pushed}, "it is not for this account"
    bare = {name: headers[name] for name in headers if name == "content-type"}
    for other, words in ((headers, body + b" "), (headers, b"{}"), (bare, body)):
        try:
            hooks.verify(other, words, subject.app, subject.now())
        except Refused:
            continue
        raise AssertionError("a push was believed without its proof")


async def _asks_for_pushes(subject: Subject) -> None:
    """Twice, as it is asked again before its time is over. Some networks are told in their own
    console, by the administrator."""
    connector = open_(subject)
    for _ in range(2):
        try:
            ends = await connector.subscribe(_ADDRESS)
        except Unsupported:
            return
        assert ends is None or ends > subject.now(), f"only until {ends}"


async def _nothing_is_lost(subject: Subject, source: Source, order: str, *about: str) -> None:
    """A few, then none, then more than a page."""
    if not subject.server.can(order):
        skip(f"the subject's server has no `{order}`")
    ear = _Ear(open_(subject), source)
    await ear.listen()

    await _hears(subject, ear, await _spoken(subject, order, about, 3))
    before = len(ear.heard)
    assert await ear.listen() == [], "what was given already comes again"
    await _hears(subject, ear, await _spoken(subject, order, about, subject.many))

    assert len(ear.heard) > before, "nothing more was heard"
    ids = [(one.what, one.remote_id) for one in ear.heard]
    assert len(ids) == len(set(ids)), "something came twice"
    assert all(one.at.tzinfo for one in ear.heard), "a moment has no zone"


async def _hears(subject: Subject, ear: _Ear, said: list[Said]) -> None:
    wanted = {one.remote_id for one in said}

    async def missing() -> set[str]:
        await ear.listen()
        return wanted - {one.remote_id for one in ear.heard}

    lost = await until(subject, missing, lambda left: not left)
    assert not lost, f"{len(lost)} of {len(wanted)} never came by {ear.source.value}"


async def _spoken(
    subject: Subject, order: str, about: tuple[str, ...], times: int, after: tuple[int, ...] = ()
) -> list[Said]:
    """Strangers say so many things, each in words of its own."""
    return [
        await subject.server.told(order, *about, f"{n}: ahoy! 👋🏽 {secrets.token_hex(4)}", *after)
        for n in range(times)
    ]


ARRIVING: tuple[Check, ...] = (
    loses_no_comment,
    loses_no_ad_comment,
    loses_no_mention,
    loses_no_message,
    loses_no_review,
    comments_below_a_post_are_all_read,
    hears_what_comes_as_it_comes,
    believes_no_push_without_its_proof,
)
