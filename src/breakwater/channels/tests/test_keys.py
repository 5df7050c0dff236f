"""The installation's keys at a network: kept sealed, proved, forgotten; never shown again."""

import logging
from datetime import datetime, timedelta

import httpx
import pytest
from django.db import connection

from breakwater.audit.models import Entry
from breakwater.channels import selectors, services
from breakwater.channels.appkeys import app_of
from breakwater.channels.models import AppKeys, OAuthApp
from breakwater.channels.tests.dock import CLIENT, DockTown
from breakwater.core import crypto
from breakwater.domain.errors import Invalid, NotFound, Problem, Unsupported
from breakwater.people.models import Person, Workspace

CANARY = CLIENT["client_secret"]


def test_keys_are_sealed_and_open_again(
    keyed: DockTown, ann: Person, harbour_workspace: Workspace, now: datetime
) -> None:
    row = AppKeys.objects.get()

    assert app_of("dock") == CLIENT
    assert CANARY.encode() not in bytes(row.sealed)
    assert CANARY not in repr(vars(row))
    assert (row.changed_by, row.changed_at, row.checked_at) == (ann, now, None)


def test_each_workspace_is_told_in_its_audit_and_nowhere_the_secret(
    dock: DockTown, ann: Person, harbour_workspace: Workspace, other_workspace: Workspace, now: datetime
) -> None:  # fmt: skip
    services.save_keys(network="dock", typed=CLIENT, by=ann.id, now=now)

    entries = Entry.objects.filter(verb="network.keys_saved")
    assert {one.workspace_id for one in entries} == {harbour_workspace.pk, other_workspace.pk}
    assert [one.data for one in entries] == [{"network": "dock"}] * 2


@pytest.mark.parametrize("left_out", ["client_id", "client_secret"])
def test_all_of_them_or_none(keyed: DockTown, ann: Person, left_out: str, now: datetime) -> None:
    before = AppKeys.objects.values().get()

    with pytest.raises(Invalid) as caught:
        services.save_keys(
            network="dock", typed={**CLIENT, left_out: " "}, by=ann.id, now=now + timedelta(days=1)
        )

    assert (caught.value.code, caught.value.field) == ("field_missing", left_out)
    assert AppKeys.objects.values().get() == before


def test_what_may_stay_empty_is_kept_empty(ann: Person, now: datetime) -> None:
    typed = {"client_id": "me", "client_secret": "canary-x-secret"}

    services.save_keys(network="x", typed=typed, by=ann.id, now=now)

    assert app_of("x") == {**typed, "bearer_token": "", "consumer_secret": ""}


def test_new_keys_are_in_the_place_of_the_old_and_unproved(
    keyed: DockTown, ann: Person, now: datetime
) -> None:
    services.check_keys(network="dock", now=now)
    later = now + timedelta(days=1)

    services.save_keys(network="dock", typed={**CLIENT, "client_id": "two"}, by=ann.id, now=later)

    row = AppKeys.objects.get()
    assert app_of("dock")["client_id"] == "two"
    assert (row.checked_at, row.changed_at) == (None, later)


def test_the_network_proves_them(keyed: DockTown, now: datetime) -> None:
    row = services.check_keys(network="dock", now=now)

    assert (row.trouble, row.checked_at) == ("", now)
    assert keyed.asked == ["/check"]


def test_the_network_does_not_know_them(keyed: DockTown, now: datetime) -> None:
    keyed.known_secret = "another"

    row = services.check_keys(network="dock", now=now)

    assert (row.trouble, row.checked_at) == ("app_keys_refused", now)
    assert app_of("dock") == CLIENT


def test_an_unreachable_network_proves_nothing(keyed: DockTown, now: datetime) -> None:
    def fail(path: str) -> None:
        raise httpx.ConnectError(path)

    keyed.fault = fail

    with pytest.raises(Problem):
        services.check_keys(network="dock", now=now)
    assert AppKeys.objects.get().checked_at is None


def test_no_transaction_is_open_while_the_network_is_asked(
    keyed: DockTown, now: datetime, transactional_db: None
) -> None:
    seen = []

    def watch(path: str) -> None:
        seen.append((path, connection.in_atomic_block))

    keyed.fault = watch
    services.check_keys(network="dock", now=now)

    assert seen == [("/check", False)]


def test_forgotten_keys_are_gone(
    keyed: DockTown, ann: Person, harbour_workspace: Workspace, now: datetime
) -> None:
    services.forget_keys(network="dock", by=ann.id, now=now)

    assert app_of("dock") == {}
    assert Entry.objects.filter(verb="network.keys_forgotten").count() == 1
    with pytest.raises(NotFound):
        services.forget_keys(network="dock", by=ann.id, now=now)


def test_the_review_is_what_the_administrator_says(
    keyed: DockTown, ann: Person, now: datetime
) -> None:
    assert (
        services.note_review(network="dock", review="asked", by=ann.id, now=now).review == "asked"
    )
    with pytest.raises(Invalid):
        services.note_review(network="dock", review="soon", by=ann.id, now=now)

    services.save_keys(network="dock", typed=CLIENT, by=ann.id, now=now)
    assert AppKeys.objects.get().review == "asked"


def test_a_network_that_asks_for_no_keys_takes_none(
    dock: DockTown, ann: Person, now: datetime
) -> None:
    with pytest.raises(NotFound):
        services.save_keys(network="pier", typed=CLIENT, by=ann.id, now=now)
    with pytest.raises(Unsupported):
        services.save_keys(network="nowhere", typed=CLIENT, by=ann.id, now=now)
    assert not AppKeys.objects.exists()


def test_a_new_sealing_key_takes_them_over(
    keyed: DockTown, harbour_workspace: Workspace, now: datetime
) -> None:
    new = crypto.new_key()

    assert services.rotate_credentials(by=None, now=now) == services.Rotated(1, 0)

    assert crypto.key_of(AppKeys.objects.get().sealed) == new
    assert app_of("dock") == CLIENT


def test_what_is_missing_is_known_of_every_network(
    keyed: DockTown, ann: Person, now: datetime
) -> None:
    assert "dock" not in selectors.without_keys()
    services.forget_keys(network="dock", by=ann.id, now=now)

    lacking = selectors.without_keys()
    assert "dock" in lacking
    assert {one.manifest.slug for one in selectors.set_ups() if one.lacks_keys} == lacking


def test_no_log_holds_them(
    keyed: DockTown, ann: Person, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    keyed.known_secret = "another"

    services.check_keys(network="dock", now=now)
    services.save_keys(network="dock", typed=CLIENT, by=ann.id, now=now)

    assert CANARY not in caplog.text
    assert not OAuthApp.objects.exists()
