"""Networks by the API: what each can do for anybody; the installation's keys for its administrator."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from breakwater.api.tests.conftest import ALL, Caller, make_token, member, said
from breakwater.audit.models import Entry
from breakwater.channels.models import AppKeys, Channel
from breakwater.channels.tests.conftest import dock, home
from breakwater.channels.tests.dock import CLIENT, DockTown
from breakwater.people.models import ApiToken, Workspace

__all__ = ["dock", "home"]  # fixtures
KEYS = "/w/harbour/networks/dock/keys"
CANARY = CLIENT["client_secret"]


def test_all_that_is_known_of_a_network_is_told(ann_calls: Caller, dock: DockTown) -> None:
    told = said(ann_calls.get("/w/harbour/networks/dock"))

    assert (told["one_server"], told["asks_keys"], told["lacks_keys"]) == (True, True, True)
    assert told["purposes"] == ["listen", "answer", "publish"]
    assert told["scopes"]["listen"] == ["comments", "who"]
    assert told["review"]["weeks"] == [2, 4]
    assert told["can"]["publish"]["proof"] == "unproved"
    assert ann_calls.get("/w/harbour/networks/nowhere").status_code == 404


@pytest.mark.parametrize("slug", ["sandbox", "mastodon", "bluesky"])
def test_each_installed_network_is_told(ann_calls: Caller, dock: DockTown, slug: str) -> None:
    told = said(ann_calls.get(f"/w/harbour/networks/{slug}"))

    assert (told["slug"], told["lacks_keys"]) == (slug, False)


def test_an_administrator_keeps_checks_and_forgets_keys(bob_calls: Caller, dock: DockTown) -> None:
    before = said(bob_calls.get(KEYS))
    kept = said(bob_calls.put(KEYS, {"fields": CLIENT}))
    checked = said(bob_calls.post(f"{KEYS}/check"))
    noted = said(bob_calls.put(f"{KEYS}/review", {"review": "asked"}))
    gone = bob_calls.ask("DELETE", KEYS)

    assert (before["kept"], before["steps"][0]) == (False, "Make an app there.")
    assert before["redirect_address"].endswith("/channels/callback")
    assert (kept["kept"], kept["changed_by"], kept["checked_at"]) == (True, "Bob", None)
    assert (checked["trouble"], checked["checked_at"] is None) == ("", False)
    assert noted["review"] == "asked"
    assert (gone.status_code, AppKeys.objects.count()) == (204, 0)
    assert CANARY not in repr([before, kept, checked, noted, list(Entry.objects.values())])


def test_keys_that_the_network_does_not_know_are_said(bob_calls: Caller, dock: DockTown) -> None:
    dock.known_secret = "another"
    bob_calls.put(KEYS, {"fields": CLIENT})

    checked = said(bob_calls.post(f"{KEYS}/check"))

    assert checked["trouble"] == "app_keys_refused"
    assert checked["message"].startswith("The network does not know these keys.")


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"fields": {"client_id": "a"}}, "field_missing"),
        ({"fields": {**CLIENT, "more": "x"}}, "unknown_field"),
        ({"fields": {}}, "field_missing"),
    ],
)
def test_all_keys_or_none(
    bob_calls: Caller, dock: DockTown, wish: dict[str, Any], code: str
) -> None:
    answer = bob_calls.put(KEYS, wish)

    assert (answer.status_code, said(answer)["code"]) == (422, code)
    assert not AppKeys.objects.exists()


def test_no_role_and_no_narrow_token_reaches_the_keys(desk: Workspace, dock: DockTown) -> None:
    everything = Caller(make_token(member(desk, "ann"), desk))
    narrow = Caller(make_token(member(desk, "bob"), desk, set(ALL) - {"installation"}))

    for caller in (everything, narrow):
        for method, path, wish in (
            ("GET", KEYS, None), ("PUT", KEYS, {"fields": CLIENT}), ("DELETE", KEYS, None),
            ("POST", f"{KEYS}/check", None), ("PUT", f"{KEYS}/review", {"review": "asked"}),
        ):  # fmt: skip
            assert caller.ask(method, path, wish).status_code == 403, (method, path)
    assert not AppKeys.objects.exists()


@pytest.mark.parametrize("path", ["pier/keys", "nowhere/keys"])
def test_where_no_keys_are_asked_there_is_nothing(bob_calls: Caller, path: str) -> None:
    assert bob_calls.get(f"/w/harbour/networks/{path}").status_code == 404


def test_only_a_token_made_for_it_may_change_keys(
    desk: Workspace, bob_calls: Caller, dock: DockTown
) -> None:
    assert "installation" in ApiToken.objects.get().scopes
    assert said(bob_calls.get("/me"))["rights"].count("installation") == 1


def test_a_channel_says_what_it_may(ann_calls: Caller, channel_id: str) -> None:
    shown = said(ann_calls.get(f"/w/harbour/channels/{channel_id}"))

    assert shown["allows"]["publish"] == {
        "yes": True, "why": "ok", "tried_at": None, "missing": []
    }  # fmt: skip
    assert shown["allows"]["stream"]["why"] == "no"
    assert (shown["purpose"], shown["scopes"]) == ("", None)


def test_a_list_of_channels_costs_the_same_for_one_and_for_ten(
    ann_calls: Caller, channel_id: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    one = Channel.objects.get()
    for number in range(9):
        ann_calls.post(
            "/w/harbour/channels", {"network": "sandbox", "fields": {"name": f"quay-{number}"}}
        )

    with django_assert_max_num_queries(12):
        rows = said(ann_calls.get("/w/harbour/channels"))["items"]
    assert len(rows) == 10
    assert str(one.pk) in {row["id"] for row in rows}
