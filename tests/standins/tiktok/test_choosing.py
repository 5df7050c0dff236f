"""What the account offers is asked with a check, kept, and held against what a post chooses."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from breakwater.channels import selectors
from breakwater.channels.models import Channel
from breakwater.channels.services import check_channel, refresh_choices, save_keys, storing
from breakwater.channels.services.storing import SignedIn
from breakwater.core import clock
from breakwater.domain.errors import NotFound, Problem
from breakwater.domain.guarantees import Guarantee
from breakwater.networks.base import Who
from breakwater.people.models import Person, Workspace
from breakwater.publishing.content import Content, MediumOf, TargetOf
from breakwater.publishing.forms import on_form
from breakwater.web.options import asked
from tests.standins.base.calling import VIDEO
from tests.standins.base.exchange import Reply
from tests.standins.base.server import serving
from tests.standins.tiktok import TikTokStandin
from tests.standins.tiktok.standin import APP

pytestmark = pytest.mark.django_db
ALL_OF_IT = {"privacy": "PUBLIC_TO_EVERYONE", "comment": True, "duet": True, "consent": True}


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture
def quay(
    tiktok_in_process: TikTokStandin, harbour_workspace: Workspace, ann: Person, now: datetime,
    settings: Settings, tmp_path: Path,
) -> Iterator[Channel]:  # fmt: skip
    settings.SEALING_KEYS, settings.SPOOL = tmp_path / "sealing", tmp_path / "spool"
    standin = tiktok_in_process
    with serving(standin):
        settings.ALLOWED_ORIGINS = frozenset({standin.origin})
        settings.NETWORK_ORIGINS = {"tiktok": standin.origin}
        save_keys(network="tiktok", typed=APP, by=ann.pk, now=now)
        new = SignedIn(
            "tiktok", standin.origin, Who("open-harbour", "@harbour", "The Harbour"),
            Guarantee.HANDLE, standin.connected(),
        )  # fmt: skip
        yield storing.store(harbour_workspace.pk, new, channel_id=None, by=ann.pk, now=now)


def checked(quay: Channel, now: datetime) -> Channel:
    return check_channel(workspace_id=quay.workspace_id, channel_id=quay.pk, now=now)


def found(quay: Channel, options: dict[str, Any]) -> list[str]:
    """The codes of what is said of a video with these options."""
    known = selectors.manifest("tiktok")
    content = Content("Fog", media=(MediumOf(quay.pk),), targets={quay.pk: TargetOf(None, options)})
    return [one.code for one in on_form(quay, known, content, [VIDEO], known.limits)]


def test_a_check_keeps_what_the_account_offers(
    quay: Channel, tiktok_in_process: TikTokStandin, now: datetime
) -> None:
    person = tiktok_in_process.harbour
    person.options, person.off = ("SELF_ONLY", "PUBLIC_TO_EVERYONE"), frozenset({"duet"})
    waiting = selectors.unchecked(before=now - timedelta(hours=6), limit=5)

    row = checked(quay, now)

    assert [one.pk for one in waiting] == [quay.pk]
    assert selectors.unchecked(before=now - timedelta(hours=6), limit=5) == []
    assert row.choices_at == now
    assert {name: [value for value, _ in own] for name, own in row.choices.items()} == {
        "privacy": ["SELF_ONLY", "PUBLIC_TO_EVERYONE"], "comment": ["on"], "duet": [],
        "stitch": ["on"],
    }  # fmt: skip


def test_what_the_account_no_longer_offers_stops_the_post(
    quay: Channel, tiktok_in_process: TikTokStandin, now: datetime
) -> None:
    before = found(quay, ALL_OF_IT)
    person = tiktok_in_process.harbour
    person.options, person.off = ("SELF_ONLY",), frozenset({"duet"})

    row = checked(quay, now)

    assert before == []
    assert found(row, ALL_OF_IT) == ["option_gone", "option_off"]
    assert found(row, {"privacy": "SELF_ONLY", "comment": True, "consent": True}) == []


def test_the_composer_shows_what_is_offered_and_greys_what_is_off(
    quay: Channel, tiktok_in_process: TikTokStandin, now: datetime
) -> None:
    person = tiktok_in_process.harbour
    person.options, person.off = ("SELF_ONLY",), frozenset({"duet"})
    row = checked(quay, now)

    fields = {one.name: one for one in asked(row, ALL_OF_IT)}

    assert fields["privacy"].choices == (
        ("SELF_ONLY", "Only me"), ("PUBLIC_TO_EVERYONE", "Everyone (no longer offered)"),
    )  # fmt: skip
    assert (fields["comment"].shut, fields["comment"].value) == (False, "1")
    assert (fields["duet"].shut, fields["duet"].value) == (True, "")
    assert fields["duet"].help == "The account has switched this off."


def test_a_person_can_look_again_at_once(
    quay: Channel, tiktok_in_process: TikTokStandin, now: datetime
) -> None:
    checked(quay, now)
    tiktok_in_process.harbour.options = ("SELF_ONLY",)
    later = now + timedelta(minutes=1)

    row = refresh_choices(workspace_id=quay.workspace_id, channel_id=quay.pk, now=later)

    assert (row.choices["privacy"], row.choices_at) == ([["SELF_ONLY", "Only me"]], later)


def test_what_cannot_be_asked_stays_as_it_was(
    quay: Channel, tiktok_in_process: TikTokStandin, now: datetime
) -> None:
    kept = checked(quay, now).choices
    path = "/v2/post/publish/creator_info/query/"
    tiktok_in_process.fail_next("POST", path, Reply(503, b"away"), times=9)

    row = checked(quay, now + timedelta(hours=6))
    with pytest.raises(Problem) as refused:
        refresh_choices(workspace_id=quay.workspace_id, channel_id=quay.pk, now=now)

    assert refused.value.code == "network_unreachable"
    assert row.choices == kept


def test_only_ones_own_channel_is_asked(
    quay: Channel, other_workspace: Workspace, now: datetime, tiktok_in_process: TikTokStandin
) -> None:
    with pytest.raises(NotFound):
        refresh_choices(workspace_id=other_workspace.pk, channel_id=quay.pk, now=now)

    assert tiktok_in_process.requests == []
