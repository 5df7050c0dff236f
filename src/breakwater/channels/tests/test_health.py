"""How a channel is, as its network says, and as its token's end says."""

from datetime import datetime, timedelta

import httpx
import pytest
from django.conf import settings as django_settings

from breakwater.audit.models import Entry
from breakwater.channels import selectors, services
from breakwater.channels.models import Channel, Credential
from breakwater.channels.selectors import Health
from breakwater.channels.tests.conftest import Connect
from breakwater.channels.tests.harbour import Town
from breakwater.people.models import Person


def check(channel: Channel, now: datetime) -> Channel:
    return services.check_channel(workspace_id=channel.workspace_id, channel_id=channel.id, now=now)


def test_a_check_brings_what_the_network_says_now(
    connect: Connect, town: Town, now: datetime
) -> None:
    channel = connect()
    town.people = {"anne": "1"}
    later = now + timedelta(hours=1)

    checked = check(channel, later)

    assert (checked.handle, checked.name, checked.checked_at) == ("@anne", "Anne", later)
    assert selectors.health(checked, later) is Health.OK


def test_an_ended_access_token_is_refreshed(connect: Connect, town: Town, now: datetime) -> None:
    channel = connect()
    town.expire()

    checked = check(channel, now)

    assert selectors.health(checked, now) is Health.OK
    assert (town.asked.count("/refresh"), Credential.objects.get().version) == (1, 2)


def test_a_dead_credential_waits_for_a_person_and_recovers(
    connect: Connect, town: Town, now: datetime
) -> None:
    channel = connect()
    kept = dict(town.access)
    town.expire()
    town.fresh.clear()

    checked = check(channel, now)

    assert selectors.health(checked, now) is Health.RECONNECT
    assert (checked.state, checked.trouble) == ("reconnect", "reconnect")
    town.access = kept
    assert check(channel, now).state == "connected"
    assert [entry.verb for entry in Entry.objects.order_by("number")] == [
        "channel.connected",
        "channel.reconnect",
        "channel.connected",
    ]


def test_a_network_that_is_down_is_trouble_and_no_reconnect(
    connect: Connect, town: Town, now: datetime
) -> None:
    channel = connect()

    def fail(path: str) -> None:
        raise httpx.ReadTimeout("slow")

    town.fault = fail
    checked = check(channel, now)

    assert selectors.health(checked, now) is Health.TROUBLE
    assert (checked.state, checked.trouble) == ("connected", "try_later")
    town.fault = None
    assert selectors.health(check(channel, now), now) is Health.OK


def test_a_credential_that_opens_another_account_is_trouble(
    connect: Connect, town: Town, now: datetime
) -> None:
    channel = connect()
    town.access = dict.fromkeys(town.access, "2")

    checked = check(channel, now)

    assert (checked.trouble, checked.handle) == ("wrong_account", "@ann")


def test_a_broken_seal_is_trouble(connect: Connect, now: datetime) -> None:
    channel = connect()
    Credential.objects.update(sealed=b"\x01" + bytes(60))

    assert check(channel, now).trouble == "seal_broken"


def test_reconnect_is_marked_once_and_only_for_what_was_refused(
    connect: Connect, now: datetime
) -> None:
    channel = connect()
    connect()

    assert services.mark_reconnect(channel.id, version=1, now=now) is False
    assert services.mark_reconnect(channel.id, version=2, now=now, detail="401") is True
    assert services.mark_reconnect(channel.id, version=2, now=now) is False
    assert Entry.objects.filter(verb="channel.reconnect").count() == 1


def test_a_disconnected_channel_is_not_marked(connect: Connect, ann: Person, now: datetime) -> None:
    channel = connect()
    services.disconnect(
        workspace_id=channel.workspace_id, channel_id=channel.id, by=ann.id, now=now
    )

    assert services.mark_reconnect(channel.id, now=now) is False
    assert selectors.health(check(channel, now), now) is Health.DISCONNECTED


def test_a_pause_that_the_network_asked_for_only_grows(connect: Connect, now: datetime) -> None:
    channel = connect()

    for minutes in (10, 5, 20):
        services.throttle(channel.id, now + timedelta(minutes=minutes))

    assert Channel.objects.get().quiet_until == now + timedelta(minutes=20)


@pytest.mark.parametrize(
    ("days", "health"), [(6.9, Health.EXPIRING), (7.1, Health.OK), (-1, Health.EXPIRING)]
)
def test_an_end_that_is_near_is_told(
    connect: Connect, town: Town, now: datetime, days: float, health: Health
) -> None:
    assert django_settings.TIMINGS.token_warning == timedelta(days=7)
    town.expires_at = (now + timedelta(days=days)).isoformat()

    channel = connect()

    found = selectors.channel_of(channel.workspace_id, channel.id)
    assert selectors.health(found, now) is health


def test_reading_the_list_costs_one_query_and_loads_no_secret(
    connect: Connect, now: datetime, django_assert_num_queries: object
) -> None:
    channel = connect()
    connect("eve")

    with django_assert_num_queries(1):  # type: ignore[operator]
        found = list(selectors.channels(channel.workspace_id))
        assert [selectors.health(one, now) for one in found] == [Health.OK, Health.OK]
    assert "sealed" in found[0].credential.get_deferred_fields()


def test_a_name_that_no_database_keeps_is_kept_as_far_as_it_goes(
    connect: Connect, town: Town, now: datetime
) -> None:
    channel = connect()
    town.people = {"an\x00e\ud83d": "1"}

    checked = check(channel, now + timedelta(hours=1))

    assert checked.handle == "@an\N{REPLACEMENT CHARACTER}e\N{REPLACEMENT CHARACTER}"
