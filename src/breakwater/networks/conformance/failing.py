"""A bad day: what is lost on the way is in doubt, what is refused is not out, nothing hangs."""

import asyncio
from dataclasses import replace
from datetime import datetime

from breakwater.domain.errors import (
    NetworkError,
    OutcomeUnknown,
    Reconnect,
    Refused,
    TryLater,
)
from breakwater.networks.base import Connector, Handle, Parcel, Sent
from breakwater.networks.conformance.making import Keep, kit, open_, parcel
from breakwater.networks.conformance.subject import Check, Subject
from breakwater.networks.conformance.trying import found, outcome

_GRACE_S = 2.0


async def a_lost_reply_is_in_doubt_and_the_look_finds_it(subject: Subject) -> None:
    connector, said, handle = await _ready(subject)
    await subject.server.told("drop_next_reply")

    lost = await outcome(connector, said, handle)

    assert isinstance(lost, OutcomeUnknown), f"the answer was lost, and that gave {lost!r}"
    number = len(await found(subject, connector, said, handle))
    assert number == 1, f"it was taken, and the look finds {number}"


async def a_server_error_is_never_a_refusal(subject: Subject) -> None:
    for status, accepted in ((500, True), (502, False), (503, True), (504, False)):
        connector, said, handle = await _ready(subject)
        await subject.server.told("fail_next", status, accepted)
        answered = await outcome(connector, said, handle)
        assert isinstance(answered, OutcomeUnknown), f"{status} gave {answered!r}"
        if accepted:
            number = len(await found(subject, connector, said, handle))
            assert number == 1, f"{status}, taken, and the look finds {number}"


async def a_page_is_never_a_yes(subject: Subject) -> None:
    connector, said, handle = await _ready(subject)
    await subject.server.told("page_next")

    answered = await outcome(connector, said, handle)

    assert isinstance(answered, OutcomeUnknown), f"a page of HTML gave {answered!r}"
    number = len(await found(subject, connector, said, handle))
    assert number == 1, f"it was taken, and the look finds {number}"


async def too_many_calls_are_tried_later(subject: Subject) -> None:
    connector, said, handle = await _ready(subject)
    await subject.server.told("throttle_next")

    slow = await outcome(connector, said, handle)

    assert isinstance(slow, TryLater), f"a 429 gave {slow!r}"
    assert slow.throttled, "a 429 that does not say that calls are counted"
    assert slow.after_s is None or slow.after_s >= 0, f"to wait for {slow.after_s} s"
    look = await connector.look(said, handle)
    assert not look.exact or look.posts == (), "throttled, yet it is out"
    again = await outcome(connector, said, handle)
    assert isinstance(again, Sent), f"the same parcel later gave {again!r}"


async def no_call_outlives_a_silent_server(subject: Subject) -> None:
    connector, said, handle = await _ready(subject)
    await subject.server.told("stall_next")

    try:
        async with asyncio.timeout(subject.timeout_s + _GRACE_S):
            silent = await outcome(connector, said, handle)
    except TimeoutError as error:
        raise AssertionError("the call went on after the client's own time-out") from error

    assert isinstance(silent, OutcomeUnknown), f"silence gave {silent!r}"


async def new_tokens_open_and_old_ones_do_no_harm(subject: Subject) -> None:
    auth, account = subject.signing()
    who = await auth.who(account)
    try:
        secrets = await auth.refresh(account)
    except NetworkError as error:
        if error.code == "unsupported":
            return
        raise

    assert (await auth.who(replace(account, secrets=secrets))).remote_id == who.remote_id
    if expires := secrets.get("expires_at"):
        assert datetime.fromisoformat(expires).tzinfo, "expires_at has no zone"
    try:
        again = await auth.refresh(account)
    except (Reconnect, Refused):
        return  # used once, and dead
    assert (await auth.who(replace(account, secrets=again))).remote_id == who.remote_id


async def a_token_at_its_end_asks_to_reconnect_and_nothing_is_out(subject: Subject) -> None:
    connector, said, handle = await _ready(subject)
    auth, account = subject.signing()
    again = await subject.server.told("expire_tokens")

    shut = await _shut(connector, said, handle if subject.commit_signed else None)
    assert isinstance(shut, Reconnect), f"a dead token gave {shut!r}"
    secrets = again or await auth.refresh(account)
    renewed = subject.opened(replace(account, secrets=secrets), kit(subject))

    sent = await outcome(renewed, said, handle)

    assert isinstance(sent, Sent), f"with new tokens the same parcel gave {sent!r}"
    number = len(await found(subject, renewed, said, handle))
    assert number == 1, f"{number} copies of one parcel"


async def _shut(
    connector: Connector, said: Parcel, handle: Handle | None
) -> Sent | Handle | NetworkError:
    """What the first call that carries a token gives: the commit, or else preparing anew."""
    if handle is not None:
        return await outcome(connector, said, handle)
    try:
        return await connector.prepare(said, {}, Keep())
    except NetworkError as error:
        return error


async def _ready(subject: Subject) -> tuple[Connector, Parcel, Handle]:
    """Prepared: only the commit is left to do."""
    connector, said = open_(subject), await parcel(subject, "On a bad day.")
    return connector, said, await connector.prepare(said, {}, Keep())


FAILING: tuple[Check, ...] = (
    a_lost_reply_is_in_doubt_and_the_look_finds_it,
    a_server_error_is_never_a_refusal,
    a_page_is_never_a_yes,
    too_many_calls_are_tried_later,
    no_call_outlives_a_silent_server,
    new_tokens_open_and_old_ones_do_no_harm,
    a_token_at_its_end_asks_to_reconnect_and_nothing_is_out,
)
