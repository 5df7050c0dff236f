"""One sign-in that opens no account, one, or several; and what was asked for and granted."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from django.utils import timezone

from breakwater.channels import selectors, services
from breakwater.channels.limits import from_json, to_json
from breakwater.channels.models import Channel, Connecting, Credential, Trial
from breakwater.channels.selectors import Outcome, Why
from breakwater.channels.services import Choosing
from breakwater.channels.tests.dock import DockTown
from breakwater.channels.tests.harbour import LIMITS, PASSWORD, Town
from breakwater.core import crypto
from breakwater.domain.errors import Invalid
from breakwater.networks.base import Can, Limits, VideoLimits
from breakwater.people.models import Person, Workspace

Walk = Callable[..., Any]
Choose = Callable[..., list[Channel]]


@pytest.fixture
def walk(keyed: DockTown, harbour_workspace: Workspace, ann: Person, now: datetime) -> Walk:
    """To the consent page of "dock" and back. seen: the page's address, in `keyed.asked_for`."""

    def walked(name: str = "ann", **changes: object) -> Any:
        wanted = {
            "workspace_id": harbour_workspace.id, "network": "dock", "origin": "",
            "redirect_uri": "https://desk.test/back", "session_key": "s", "by": ann.id, "now": now,
            **changes,
        }  # fmt: skip
        url = services.start_oauth(**wanted)  # type: ignore[arg-type]
        return services.finish_oauth(
            workspace_id=harbour_workspace.id, session_key="s",
            state=httpx.URL(url).params["state"], code=keyed.consent(url, name), by=ann.id, now=now,
        )  # fmt: skip

    return walked


@pytest.fixture
def choose(harbour_workspace: Workspace, ann: Person, now: datetime) -> Choose:
    def chosen(choosing: Choosing, *remote_ids: str, **changes: object) -> list[Channel]:
        wanted = {
            "workspace_id": harbour_workspace.id, "walk_id": choosing.walk_id, "session_key": "s",
            "remote_ids": remote_ids, "by": ann.id, "now": now + timedelta(minutes=9), **changes,
        }  # fmt: skip
        return services.choose_accounts(**wanted)  # type: ignore[arg-type]

    return chosen


def test_a_sign_in_that_opens_nothing_is_said(walk: Walk, keyed: DockTown) -> None:
    keyed.opens = ()

    with pytest.raises(Invalid) as caught:
        walk()
    assert caught.value.code == "no_account"
    assert not Channel.objects.exists()


def test_one_account_is_taken(walk: Walk, keyed: DockTown) -> None:
    keyed.opens = ("kay",)

    assert walk().handle == "@kay"


def test_among_several_a_person_chooses_and_may_choose_more_than_one(
    walk: Walk, choose: Choose, keyed: DockTown, harbour_workspace: Workspace, ann: Person, now: datetime
) -> None:  # fmt: skip
    keyed.opens = ("ann", "eve", "kay")

    choosing = walk()
    offered = services.offers(
        workspace_id=harbour_workspace.id, walk_id=choosing.walk_id, session_key="s", by=ann.id, now=now
    )  # fmt: skip
    made = choose(choosing, "1", "3")

    assert [(one.handle, one.kind, one.here) for one in offered] == [
        ("@ann", "Page", False), ("@eve", "Page", False), ("@kay", "Page", False)
    ]  # fmt: skip
    assert [one.handle for one in made] == ["@ann", "@kay"]
    assert {one.scopes is not None for one in made} == {True}
    assert bytes(Connecting.objects.get().sealed_accounts) == b""


def test_the_choice_is_kept_sealed_and_under_a_new_key_too(
    walk: Walk, choose: Choose, keyed: DockTown, now: datetime
) -> None:
    keyed.opens = ("ann", "eve")
    choosing = walk()
    kept = bytes(Connecting.objects.get().sealed_accounts)
    new = crypto.new_key()

    services.rotate_credentials(by=None, now=now)

    assert b"canary" not in kept
    assert b"@eve" not in kept
    assert crypto.key_of(Connecting.objects.get().sealed_accounts) == new
    assert choose(choosing, "2")[0].handle == "@eve"


def test_a_choice_is_good_once_in_ten_minutes_for_one_session_person_and_workspace(
    walk: Walk, choose: Choose, keyed: DockTown, bob: Person, other_workspace: Workspace, now: datetime
) -> None:  # fmt: skip
    keyed.opens = ("ann", "eve")
    choosing = walk()
    wrong: list[dict[str, object]] = [
        {"session_key": "bob's session"},
        {"by": bob.id},
        {"workspace_id": other_workspace.id},
        {"now": now + timedelta(minutes=10)},
    ]

    for change in wrong:
        with pytest.raises(Invalid) as caught:
            choose(choosing, "1", **change)
        assert caught.value.code == "oauth_state"
    assert not Channel.objects.exists()
    choose(choosing, "1")
    with pytest.raises(Invalid):
        choose(choosing, "2")
    assert Channel.objects.count() == 1


@pytest.mark.parametrize("chosen", [(), ("9",), ("1", "9")])
def test_a_wrong_choice_leaves_it_open(
    walk: Walk, choose: Choose, keyed: DockTown, chosen: tuple[str, ...]
) -> None:
    keyed.opens = ("ann", "eve")
    choosing = walk()

    with pytest.raises(Invalid):
        choose(choosing, *chosen)
    assert not Channel.objects.exists()
    assert choose(choosing, "1")[0].handle == "@ann"


def test_accounts_that_nobody_chose_are_not_kept(
    walk: Walk, keyed: DockTown, now: datetime
) -> None:
    keyed.opens = ("ann", "eve")
    walk()

    services.forget_walks(now + timedelta(minutes=9))
    before = bytes(Connecting.objects.get().sealed_accounts)
    services.forget_walks(now + timedelta(minutes=10))

    assert (before == b"", bytes(Connecting.objects.get().sealed_accounts)) == (False, b"")


def test_reconnecting_takes_the_same_account_among_several(walk: Walk, keyed: DockTown) -> None:
    keyed.opens = ("kay",)
    channel = walk()
    keyed.opens = ("ann", "eve", "kay")

    again = walk(channel_id=channel.id)

    assert (again.id, again.handle, Channel.objects.count()) == (channel.id, "@kay", 1)
    assert Credential.objects.get().version == 2


def test_reconnecting_refuses_a_sign_in_without_it(walk: Walk, keyed: DockTown) -> None:
    keyed.opens = ("kay",)
    channel = walk()
    before = Credential.objects.values().get()
    keyed.opens = ("ann", "eve")

    with pytest.raises(Invalid) as caught:
        walk(channel_id=channel.id)

    assert caught.value.code == "wrong_account"
    assert caught.value.data["given"] == "@ann, @eve"
    assert Credential.objects.values().get() == before


def test_a_program_says_which_account_it_wants(
    town: Town, harbour_workspace: Workspace, ann: Person, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    wanted: dict[str, Any] = {
        "workspace_id": harbour_workspace.id, "network": "harbour", "origin": "", "by": ann.id,
        "fields": {"name": "ann", "password": PASSWORD}, "now": now,
    }  # fmt: skip

    with pytest.raises(Invalid) as caught:
        services.connect_with_fields(**wanted, account="2")
    assert caught.value.data["accounts"] == "@ann (1)"
    assert not Channel.objects.exists()
    assert services.connect_with_fields(**wanted, account="1").handle == "@ann"


def test_the_network_is_asked_for_the_scopes_of_the_purpose(walk: Walk, keyed: DockTown) -> None:
    listening = walk(purpose="listen")
    answering = walk("eve", purpose="answer")
    publishing = walk("kay")

    assert (listening.purpose, listening.scopes) == ("listen", ["comments", "who"])
    assert (answering.purpose, answering.scopes) == ("answer", ["answer", "comments", "who"])
    assert publishing.scopes == ["answer", "comments", "post:write", "who"]


def test_a_purpose_that_there_is_not_begins_nothing(walk: Walk, keyed: DockTown) -> None:
    with pytest.raises(Invalid) as caught:
        walk(purpose="everything")
    assert caught.value.field == "purpose"
    assert not Connecting.objects.exists()


@pytest.mark.parametrize("said", ["who comments", "comments,who", "who, comments"])
def test_what_the_network_granted_counts_not_what_was_asked(
    walk: Walk, keyed: DockTown, said: str
) -> None:
    keyed.says = said

    channel = walk()

    assert channel.scopes == ["comments", "who"]
    assert selectors.allows(channel, Can.COMMENTS).sure
    refused = selectors.allows(channel, Can.PUBLISH)
    assert (refused.yes, refused.why, refused.missing) == (False, Why.NOT_GRANTED, ("post:write",))


def test_reconnecting_with_more_opens_what_was_shut(walk: Walk, keyed: DockTown) -> None:
    channel = walk(purpose="listen")
    before = selectors.allows(channel, Can.REPLY)

    again = walk(channel_id=channel.id, purpose="publish")

    assert (before.why, selectors.allows(again, Can.REPLY).why) == (Why.NOT_GRANTED, Why.OK)


def test_each_reason_is_told_apart(walk: Walk, keyed: DockTown) -> None:
    channel = walk()
    now = timezone.now()

    why = {can: one.why for can, one in selectors.all_allowed(channel).items()}
    Trial.objects.create(channel=channel, can=Can.LIKE, outcome=Outcome.SHOWN, created_at=now)
    Trial.objects.create(channel=channel, can=Can.INSIGHTS, outcome=Outcome.REFUSED, created_at=now)

    assert (why[Can.PUBLISH], why[Can.MESSAGES]) == (Why.OK, Why.NO)
    assert (why[Can.INSIGHTS], why[Can.LIKE]) == (Why.PLAN, Why.UNTRIED)
    shown, refused = selectors.allows(channel, Can.LIKE), selectors.allows(channel, Can.INSIGHTS)
    assert (shown.sure, shown.why, shown.on) == (True, Why.SHOWN, now)
    assert (refused.yes, refused.why) == (False, Why.REFUSED)


def test_a_new_sign_in_opens_again_what_was_refused(walk: Walk, keyed: DockTown) -> None:
    channel = walk()
    now = timezone.now()
    Trial.objects.create(channel=channel, can=Can.LIKE, outcome=Outcome.SHOWN, created_at=now)
    Trial.objects.create(channel=channel, can=Can.INSIGHTS, outcome=Outcome.REFUSED, created_at=now)

    walk(channel_id=channel.id)

    assert [one.can for one in Trial.objects.all()] == ["like"]


def test_a_wide_scope_covers_the_narrow_ones() -> None:
    assert selectors.not_granted(["write"], ["write:statuses", "read:statuses"]) == (
        "read:statuses",
    )
    assert selectors.not_granted(None, ["write:statuses"]) == ()


def test_limits_of_a_video_come_back_as_they_were() -> None:
    told = Limits(
        LIMITS.text, 4, 1, 0, ("image/png",), 10, "said", "",
        video=VideoLimits(5, ("video/mp4", "video/quicktime"), 3.0, 60.0),
    )  # fmt: skip

    kept = to_json(told)

    assert kept is not None
    assert from_json(kept) == told
