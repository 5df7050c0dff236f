"""What stops a draft, and what is worth a look: per channel, as its network counts."""

from datetime import UTC, datetime
from typing import Any

import pytest
from pytest_django import Settings
from tests.drawn import picture

from breakwater.channels.limits import to_json
from breakwater.channels.models import Channel
from breakwater.core import blobs
from breakwater.core.ids import new_id
from breakwater.domain.text import Counting, Unit
from breakwater.media.services import upload
from breakwater.networks.base import Limits
from breakwater.people.models import Person, Workspace
from breakwater.publishing.content import MediumOf, TargetOf
from breakwater.publishing.finding import Count, Finding
from breakwater.publishing.previews import report
from breakwater.publishing.tests.conftest import MakeContent, make_channel

SMALL = Limits(
    text=Counting(Unit.GRAPHEMES, 10, max_bytes=30),
    pictures=1,
    picture_bytes=0,
    picture_pixels=0,
    picture_types=(),
    alt_characters=5,
    source="test",
    read_on="2026-03-02",
)


@pytest.fixture
def narrow(harbour_workspace: Workspace, now: datetime) -> Channel:
    return make_channel(harbour_workspace, "@narrow", now, limits=to_json(SMALL))


def test_a_good_draft_has_no_finding(content: MakeContent, quay: Channel, now: datetime) -> None:
    found = report(quay.workspace_id, content(), now=now)

    assert found.findings == ()
    assert found.counts == (Count(quay.pk, 16, 500, "graphemes"),)


def test_each_channel_counts_its_own_text(
    content: MakeContent, quay: Channel, narrow: Channel, now: datetime
) -> None:
    draft = content(targets={quay.pk: TargetOf(), narrow.pk: TargetOf("👩‍👩‍👧‍👦 fog")})

    found = report(quay.workspace_id, draft, now=now)

    assert {(one.channel_id, one.used) for one in found.counts} == {(quay.pk, 16), (narrow.pk, 5)}
    assert found.findings == ()


def test_too_long_is_said_in_characters_and_in_bytes(
    content: MakeContent, narrow: Channel, now: datetime
) -> None:
    draft = content("👩‍👩‍👧‍👦👩‍👩‍👧‍👦 fog fog fog", targets={narrow.pk: TargetOf()})

    assert report(narrow.workspace_id, draft, now=now).stops == (
        Finding("stop", "text_too_long", narrow.pk, {"count": 14, "limit": 10, "over": 4}),
        Finding("stop", "text_too_many_bytes", narrow.pk, {"count": 62, "limit": 30, "over": 32}),
    )


def test_pictures_that_are_gone_or_too_many_stop(
    content: MakeContent, narrow: Channel, now: datetime
) -> None:
    pictures = (MediumOf(new_id(), "too long"), MediumOf(new_id()))
    draft = content("Fog.", media=pictures, targets={narrow.pk: TargetOf()})

    assert report(narrow.workspace_id, draft, now=now).findings == (
        Finding("stop", "picture_gone", None, {"number": 1}),
        Finding("stop", "picture_gone", None, {"number": 2}),
        Finding("warn", "alt_missing", None, {"number": 2}),
        Finding("stop", "too_many_pictures", narrow.pk, {"count": 2, "limit": 1}),
        Finding("stop", "alt_too_long", narrow.pk, {"number": 1, "limit": 5, "count": 8}),
    )


def test_nothing_to_say_stops(content: MakeContent, quay: Channel, now: datetime) -> None:
    stops = report(quay.workspace_id, content(" \n"), now=now).stops

    assert stops == (Finding("stop", "post_empty", quay.pk),)


def test_no_channel_stops(content: MakeContent, quay: Channel, now: datetime) -> None:
    stops = report(quay.workspace_id, content(targets={}), now=now).stops

    assert stops == (Finding("stop", "no_channel"),)


def test_a_channel_of_another_workspace_is_not_there(
    content: MakeContent, quay: Channel, other_workspace: Workspace, now: datetime
) -> None:
    foreign = make_channel(other_workspace, "@foreign", now)
    draft = content(targets={foreign.pk: TargetOf()})

    found = report(quay.workspace_id, draft, now=now)

    assert found.stops == (Finding("stop", "channel_gone", foreign.pk),)
    assert found.counts == ()


@pytest.mark.parametrize(
    ("state", "level", "code"),
    [("disconnected", "stop", "channel_disconnected"), ("reconnect", "warn", "channel_reconnect")],
)
def test_a_channel_that_cannot_send_is_said(
    content: MakeContent, quay: Channel, now: datetime, state: str, level: str, code: str
) -> None:
    Channel.objects.filter(pk=quay.pk).update(state=state)

    found = report(quay.workspace_id, content(), now=now)

    assert found.findings == (Finding(level, code, quay.pk),)


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"wall": ""}, "no_time"), ({"wall": "2026-03-02T10:00"}, "time_past")],
)
def test_a_time_is_needed_and_lies_ahead(
    content: MakeContent, quay: Channel, now: datetime, changes: dict[str, Any], code: str
) -> None:
    stops = report(quay.workspace_id, content(**changes), now=now).stops

    assert [one.code for one in stops] == [code]


@pytest.mark.parametrize(
    ("asked", "code", "effective", "instant"),
    [
        ("2027-03-28T02:30", "time_gap", "2027-03-28T03:30", "2027-03-28T01:30+00:00"),
        ("2026-10-25T02:30", "time_overlap", "2026-10-25T02:30", "2026-10-25T00:30+00:00"),
    ],
)
def test_what_the_clocks_do_is_said(
    content: MakeContent, quay: Channel, asked: str, code: str, effective: str, instant: str
) -> None:
    early = datetime(2026, 3, 2, tzinfo=UTC)

    found = report(quay.workspace_id, content(wall=asked), now=early)

    said = {"asked": asked, "effective": effective, "instant": instant, "zone": "Europe/Paris"}
    assert found.findings == (Finding("warn", code, None, said),)


@pytest.mark.parametrize(
    ("address", "said"), [("http://127.0.0.1:8000", 1), ("https://desk.example.org", 0)]
)
def test_pictures_that_a_network_fetches_need_a_public_address(
    content: MakeContent, harbour_workspace: Workspace, ann: Person, settings: Settings,
    now: datetime, address: str, said: int,
) -> None:  # fmt: skip
    settings.PUBLIC_URL = address
    channel = make_channel(
        harbour_workspace, "@ig", now, network="instagram", origin="https://graph.facebook.com"
    )
    dot = blobs.read(picture(1).sha256)
    asset = upload(harbour_workspace.pk, dot, file_name="a.png", by=ann.pk, now=now)
    draft = content(targets={channel.pk: TargetOf()}, media=(MediumOf(asset.pk, "A dot."),))

    found = [one.code for one in report(harbour_workspace.pk, draft, now=now).stops]

    assert found.count("media_fetched") == said
