"""What arrived is read; answers, deeds and changes leave as deliveries, where this account may."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from breakwater.api.tests.conftest import ALL, Caller, make_token, member, said
from breakwater.channels.models import Arrival, Channel, Trial
from breakwater.channels.services.arrivals import record_arrivals
from breakwater.delivery.models import Delivery
from breakwater.networks.base import Arrived, Author, What
from breakwater.people.models import Membership, Workspace
from breakwater.people.roles import RIGHTS, Right, Role

EVE = Author("42", "@eve", "Eve")


@pytest.fixture
def quay(desk: Workspace, channel_id: str) -> Channel:
    """At the practice harbour, which can everything."""
    return Channel.objects.get(pk=channel_id)


def comes(channel: Channel, at: datetime, what: What = What.COMMENT, **facts: Any) -> Arrival:
    there = {"remote_id": f"{what}-1", "text": "Is it open?", "about": "post-1", "thread": "t-1"}
    one = Arrived(what, at=at - timedelta(minutes=5), author=EVE, **{**there, **facts})
    (row,) = record_arrivals(channel, [one], now=at)
    return row


def answers(channel: Channel) -> str:
    return f"/w/harbour/channels/{channel.pk}/answers"


def deeds(channel: Channel) -> str:
    return f"/w/harbour/channels/{channel.pk}/deeds"


def test_who_may_answer() -> None:
    may = {role for role in Role.values if Right.ANSWER in RIGHTS[role]}

    assert may == {"owner", "manager", "approver", "agent"}


def test_what_arrived_is_read_in_order_and_from_where_one_stopped(
    ann_calls: Caller, quay: Channel, moment: datetime,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    for number in range(5):
        comes(quay, moment, remote_id=f"c{number}")

    with django_assert_max_num_queries(10):  # PostgreSQL is asked the time, too
        first = said(ann_calls.get("/w/harbour/arrivals?limit=3"))
    rest = said(ann_calls.get(f"/w/harbour/arrivals?after={first['next']}&channel_id={quay.pk}"))
    none = said(ann_calls.get(f"/w/harbour/arrivals?after={rest['next']}"))

    assert [one["remote_id"] for one in first["items"]] == ["c0", "c1", "c2"]
    assert [one["remote_id"] for one in rest["items"]] == ["c3", "c4"]
    assert (none["items"], none["next"]) == ([], rest["next"])
    assert first["items"][0]["author"]["handle"] == "@eve"
    assert ann_calls.get("/w/harbour/arrivals?after=-1").status_code == 422


@pytest.mark.parametrize(
    ("what", "address"),
    [
        (What.COMMENT, {"reply_to": "comment-1", "root": "post-1", "to": ""}),
        (What.REVIEW, {"reply_to": "review-1", "root": "post-1", "to": ""}),
        (What.MESSAGE, {"reply_to": "message-1", "root": "post-1", "to": "t-1"}),
    ],
)
def test_an_answer_goes_to_what_it_answers(
    ann_calls: Caller, quay: Channel, moment: datetime, what: What, address: dict[str, str]
) -> None:
    arrival = comes(quay, moment, what)

    made = ann_calls.post(answers(quay), {"text": "Until ten.", "arrival_id": arrival.pk})

    assert made.status_code == 201
    row = Delivery.objects.get()
    assert (row.kind, row.payload["text"]) == ("reply", "Until ten.")
    assert {name: row.payload[name] for name in address} == address
    assert said(made)["message"] == "The answer leaves by itself in a moment."
    assert said(made)["title"] == "Until ten."


def test_the_same_key_gives_the_same_delivery(
    ann_calls: Caller, quay: Channel, moment: datetime
) -> None:
    wish = {"text": "Until ten.", "arrival_id": comes(quay, moment).pk}

    first = said(ann_calls.post(answers(quay), wish, key="a-1"))
    again = said(ann_calls.post(answers(quay), wish, key="a-1"))
    other = said(ann_calls.post(answers(quay), wish, key="a-2"))

    assert first["id"] == again["id"] != other["id"]
    assert Delivery.objects.count() == 2


@pytest.mark.parametrize(
    ("deed", "target"), [("hide", "comment-1"), ("report", "comment-1"), ("mute", "42"), ("block", "42")]
)  # fmt: skip
def test_a_deed_is_done_to_what_was_written_or_to_who_wrote_it(
    ann_calls: Caller, quay: Channel, moment: datetime, deed: str, target: str
) -> None:
    arrival = comes(quay, moment)

    made = ann_calls.post(deeds(quay), {"deed": deed, "arrival_id": arrival.pk})

    assert made.status_code == 201, made.content
    row = Delivery.objects.get()
    assert (row.kind, row.payload["target"], row.payload["about"]) == ("act", target, "post-1")
    assert (said(made)["deed"], said(made)["kind"]) == (deed, "act")


def test_what_this_account_may_not_is_refused_with_the_reason(
    ann_calls: Caller, desk: Workspace, moment: datetime
) -> None:
    at_x = Channel.objects.create(
        workspace=desk, network="x", origin="https://api.test", remote_id="1", handle="@quay",
        state="connected", state_at=moment, created_at=moment, scopes=["tweet.read"],
    )  # fmt: skip
    Trial.objects.create(channel=at_x, can="like", outcome="refused", created_at=moment)
    Trial.objects.create(channel=at_x, can="block", outcome="shown", created_at=moment)

    block = said(ann_calls.post(deeds(at_x), {"deed": "block", "target": "9"}))
    answer = said(ann_calls.post(answers(at_x), {"text": "Yes.", "to_post": "9"}))
    Channel.objects.filter(pk=at_x.pk).update(scopes=None)
    like = said(ann_calls.post(deeds(at_x), {"deed": "like", "target": "9"}))

    assert (block["status"], block["code"]) == (409, "cannot_there")
    assert block["message"].endswith("X took blocking from apps in 2023. Block on x.com.")
    assert (answer["code"], answer["data"]["can"]) == ("cannot_not_granted", "reply")
    assert "tweet.write" in answer["data"]["missing"]
    assert like["code"] == "cannot_refused"
    assert not Delivery.objects.exists()


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"text": " ", "to_post": "1"}, "post_empty"),
        ({"text": "Yes."}, "field_missing"),
        ({"text": "Yes.", "arrival_id": 10**9}, "not_found"),
        ({"text": "Yes.", "to_post": "1", "more": 1}, "unknown_field"),
    ],
)
def test_an_answer_to_nothing_is_none(
    ann_calls: Caller, quay: Channel, wish: dict[str, Any], code: str
) -> None:
    assert said(ann_calls.post(answers(quay), wish))["code"] == code
    assert not Delivery.objects.exists()


def test_an_arrival_of_another_channel_is_nothing_here(
    ann_calls: Caller, quay: Channel, desk: Workspace, moment: datetime
) -> None:
    pier = Channel.objects.create(
        workspace=desk, network="sandbox", origin=quay.origin, remote_id="2", handle="@pier",
        state="connected", state_at=moment, created_at=moment,
    )  # fmt: skip
    arrival = comes(pier, moment)

    wish = {"text": "Yes.", "arrival_id": arrival.pk}

    assert ann_calls.post(answers(quay), wish).status_code == 404
    assert not Delivery.objects.exists()


def test_a_disconnected_channel_answers_nobody(ann_calls: Caller, quay: Channel) -> None:
    ann_calls.post(f"/w/harbour/channels/{quay.pk}/disconnect")

    refused = ann_calls.post(answers(quay), {"text": "Yes.", "to_post": "1"})

    assert (refused.status_code, said(refused)["code"]) == (409, "channel_disconnected")
    assert not Delivery.objects.exists()


def test_an_agent_answers_and_an_author_does_not(
    desk: Workspace, quay: Channel, moment: datetime
) -> None:
    arrival = comes(quay, moment)
    caller = Caller(make_token(member(desk, "ann"), desk))
    path, wish = answers(quay), {"text": "Yes.", "arrival_id": arrival.pk}

    Membership.objects.filter(person__name="Ann").update(role=Role.AUTHOR)
    refused = caller.post(path, wish)
    Membership.objects.filter(person__name="Ann").update(role=Role.AGENT)
    made = caller.post(path, wish)

    assert (refused.status_code, made.status_code) == (403, 201)
    assert Delivery.objects.count() == 1


def test_a_token_that_may_not_take_down_removes_nothing_by_any_id(
    desk: Workspace, quay: Channel, moment: datetime
) -> None:
    arrival = comes(quay, moment)
    caller = Caller(make_token(member(desk, "ann"), desk, [Right.SEE.value, Right.ANSWER.value]))

    refused = [
        caller.post(deeds(quay), {"deed": "remove", **which})
        for which in ({"arrival_id": arrival.pk}, {"target": "post-1"})
    ]

    assert [one.status_code for one in refused] == [403, 403]
    assert not Delivery.objects.exists()


def test_what_arrived_unveiled_is_for_who_may_answer(
    desk: Workspace, quay: Channel, moment: datetime
) -> None:
    comes(quay, moment)
    caller = Caller(make_token(member(desk, "ann"), desk, [Right.SEE.value]))

    assert caller.get("/w/harbour/arrivals").status_code == 403


def failed(row: Delivery) -> Delivery:
    Delivery.objects.filter(pk=row.pk).update(state="failed", reason="refused")
    return Delivery.objects.get(pk=row.pk)


def test_what_failed_of_the_talk_is_sent_again_by_who_may_answer(
    desk: Workspace, ann_calls: Caller, quay: Channel, moment: datetime
) -> None:
    ann_calls.post(answers(quay), {"text": "Yes.", "arrival_id": comes(quay, moment).pk})
    row = failed(Delivery.objects.get())
    path = f"/w/harbour/deliveries/{row.pk}/send-again"
    Membership.objects.filter(person__name="Ann").update(role=Role.AGENT)

    made = ann_calls.post(path)
    twice = ann_calls.post(path)

    assert (made.status_code, said(made)["state"]) == (200, "queued")
    assert twice.status_code == 409
    assert Delivery.objects.get().state == "queued"


def test_who_answers_people_settles_what_became_of_answers_and_who_plans_does_not(
    desk: Workspace, ann_calls: Caller, quay: Channel, moment: datetime
) -> None:
    ann_calls.post(answers(quay), {"text": "Yes.", "arrival_id": comes(quay, moment).pk})
    path = f"/w/harbour/deliveries/{failed(Delivery.objects.get()).pk}"
    leave = {"answer": "leave"}

    Membership.objects.filter(person__name="Ann").update(role=Role.AUTHOR)
    refused = [ann_calls.post(f"{path}/answer", leave), ann_calls.post(f"{path}/send-late")]
    before = Delivery.objects.get().state
    Membership.objects.filter(person__name="Ann").update(role=Role.AGENT)
    made = ann_calls.post(f"{path}/answer", leave)

    assert [(one.status_code, said(one)["data"]) for one in refused] == [
        (403, {"right": "answer"}), (403, {"right": "answer"})
    ]  # fmt: skip
    assert (before, made.status_code, said(made)["state"]) == ("failed", 200, "cancelled")


def test_a_deletion_of_their_words_is_settled_by_who_may_delete(
    desk: Workspace, ann_calls: Caller, quay: Channel, moment: datetime
) -> None:
    ann_calls.post(deeds(quay), {"deed": "remove", "arrival_id": comes(quay, moment).pk})
    path = f"/w/harbour/deliveries/{failed(Delivery.objects.get()).pk}"
    Membership.objects.filter(person__name="Ann").update(role=Role.AGENT)

    refused = [ann_calls.post(f"{path}/{one}") for one in ("send-again", "send-late")]

    assert [said(one)["data"] for one in refused] == [{"right": "take_down"}] * 2
    assert Delivery.objects.get().state == "failed"


def test_a_post_is_not_sent_again_that_way(
    desk: Workspace, ann_calls: Caller, bob_calls: Caller, channel_id: str, wall: str
) -> None:
    content = {"text": "Ebb.", "targets": {channel_id: {}}, "wall": wall, "zone": "UTC"}
    post = said(ann_calls.post("/w/harbour/posts", {"content": content}))
    version = said(ann_calls.post(f"/w/harbour/posts/{post['id']}/submit", {}))["version"]
    decision = {"approved": True, "digest": version["digest"]}
    bob_calls.post(f"/w/harbour/versions/{version['id']}/decision", decision)
    row = failed(Delivery.objects.get())

    refused = bob_calls.post(f"/w/harbour/deliveries/{row.pk}/send-again")

    assert (refused.status_code, said(refused)["data"]) == (403, {"right": "schedule"})
    assert Delivery.objects.get().state == "failed"


def is_out(row: Delivery) -> Delivery:
    Delivery.objects.filter(pk=row.pk).update(state="verified", remote_id="r-1")
    return Delivery.objects.get(pk=row.pk)


def test_an_answer_that_is_out_says_something_else(
    ann_calls: Caller, quay: Channel, moment: datetime
) -> None:
    wish = {"text": "Until ten.", "arrival_id": comes(quay, moment).pk}
    path = f"/w/harbour/deliveries/{said(ann_calls.post(answers(quay), wish))['id']}/change"
    early = said(ann_calls.post(path, {"text": "Until nine."}))
    is_out(Delivery.objects.get())

    made = said(ann_calls.post(path, {"text": "Until nine."}))

    assert early["code"] == "nothing_to_change"
    row = Delivery.objects.get(pk=made["id"])
    assert (row.kind, row.payload["text"], row.payload["remote_id"]) == (
        "edit",
        "Until nine.",
        "r-1",
    )
    assert (
        ann_calls.post(f"/w/harbour/deliveries/{row.pk}/change", {"text": "x"}).status_code == 409
    )


def test_the_words_of_a_post_are_changed_only_by_who_could_approve_them(
    desk: Workspace, ann_calls: Caller, bob_calls: Caller, channel_id: str, wall: str
) -> None:
    content = {"text": "Ebb.", "targets": {channel_id: {}}, "wall": wall, "zone": "UTC"}
    post = said(ann_calls.post("/w/harbour/posts", {"content": content}))
    version = said(ann_calls.post(f"/w/harbour/posts/{post['id']}/submit", {}))["version"]
    decision = {"approved": True, "digest": version["digest"]}
    bob_calls.post(f"/w/harbour/versions/{version['id']}/decision", decision)
    row = is_out(Delivery.objects.get())
    path, wish = f"/w/harbour/deliveries/{row.pk}/change", {"text": "Flood."}

    without = ann_calls.post(path, wish)
    own = Caller(make_token(member(desk, "ann"), desk, ALL)).post(path, wish)
    made = bob_calls.post(path, wish)

    assert (without.status_code, said(without)["code"]) == (403, "token_scope")
    assert (own.status_code, said(own)["code"]) == (403, "own_post")
    assert (made.status_code, said(made)["kind"]) == (201, "edit")
    assert Delivery.objects.filter(kind="edit").count() == 1


def test_a_channel_tells_budgets_pushes_and_lists(ann_calls: Caller, quay: Channel) -> None:
    there = said(ann_calls.get(f"/w/harbour/channels/{quay.pk}"))

    asked = said(ann_calls.post(f"/w/harbour/channels/{quay.pk}/choices"))

    assert (there["budgets"], there["choices"], there["choices_at"]) == ([], {}, None)
    assert there["pushes"]["told"] == "soon"
    assert [one["value"] for one in asked["choices"]["audience"]] != []
    assert asked["choices_at"] is not None
