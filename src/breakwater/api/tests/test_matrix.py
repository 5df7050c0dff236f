"""Every operation, every role, everybody else's ids: nothing is shown and nothing happens."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.apps import apps
from pytest_django import Settings
from tests.people import make_member, make_person, make_workspace

from breakwater.api.tests.conftest import Caller, make_token, picture, said
from breakwater.api.tests.routes import BODIES, operations
from breakwater.audit.models import Entry
from breakwater.channels.models import Channel
from breakwater.core.ids import new_id
from breakwater.delivery.models import Delivery
from breakwater.domain.decisions import Facts
from breakwater.domain.scoring.scores import Head
from breakwater.drills.models import Drill
from breakwater.evidence.services import ask
from breakwater.guidelines.models import Guideline
from breakwater.hygiene.models import Holder
from breakwater.inbox.models import Item, Pile, PileDeed, Reported, Rule, Thread
from breakwater.inbox.services import acting
from breakwater.inbox.services.answering import Wish, answer
from breakwater.inbox.services.approval import ask_approval
from breakwater.inbox.services.labels import add_label
from breakwater.inbox.services.notes import add_note
from breakwater.inbox.services.saved_replies import Wording, add_reply
from breakwater.inbox.tests.world import ABUSE, arrive
from breakwater.inbox.tests.world import said as heard
from breakwater.incidents import selectors
from breakwater.incidents.services import deciding
from breakwater.incidents.services.opening import Opening, open_incident
from breakwater.media.services import upload
from breakwater.networks.base import Deed
from breakwater.notices.services.doors import add_webhook
from breakwater.pauses.models import Day, Feed
from breakwater.pauses.services.pausing import pause_all
from breakwater.pauses.services.watching import tap
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import RIGHTS, Right, Role
from breakwater.people.selectors import Access
from breakwater.people.services import invite
from breakwater.publishing import services
from breakwater.publishing.content import Content, TargetOf
from breakwater.scoring.services import add_term, correct
from breakwater.strays.models import Alarm
from breakwater.strays.services import add_rule
from breakwater.strays.services.rules import Wish as HandWish

pytestmark = pytest.mark.django_db


@pytest.fixture
def theirs(
    eve: Person, other_workspace: Workspace, moment: datetime, settings: Settings
) -> dict[str, Any]:
    """The id of one of each thing in eve's workspace, which is nobody's here. All of it is asked for
    within a minute, by one token."""
    settings.API_RATE = 10_000
    channel = Channel.objects.create(
        workspace=other_workspace, network="sandbox", origin="http://harbour.internal",
        remote_id="1", handle="@eve", state_at=moment, created_at=moment,
    )  # fmt: skip
    fay = make_person("fay")
    make_member(other_workspace, fay, Role.APPROVER)
    content = Content("Ebb.", targets={channel.pk: TargetOf()}, wall="2099-03-05T09:30", zone="UTC")
    post = services.new_post(other_workspace.pk, by=eve.pk, now=moment, content=content)
    version = services.submit(post, by=eve.pk, now=moment)
    services.decide(version, by=fay.pk, approved=True, digest=version.digest, now=moment)
    owner = Access(eve, other_workspace, Role.OWNER, frozenset(Right))
    asset = upload(other_workspace.pk, picture(), file_name="a.png", by=eve.pk, now=moment)
    invitation, _ = invite(owner, email="kim@example.test", role="viewer", now=moment)
    term = add_term(owner, "fog", allowed=False, now=moment)
    rain = correct(owner, "rain", should=True, head=Head.INSULT, consent=True, now=moment)
    return {
        "person_id": eve.pk,
        "invitation_id": invitation.pk,
        "channel_id": channel.pk,
        "asset_id": asset.pk,
        "post_id": post.pk,
        "version_id": version.pk,
        "delivery_id": Delivery.objects.get(kind="publish").pk,
        "term_id": term.pk,
        "correction_id": rain[0].pk,
        "drill_id": _drill(owner, moment).pk,
        **_incident(owner, moment),
        **_seen(owner, channel, moment),
        **_watched(owner, channel, moment),
        **_inbox(owner, channel, moment),
        "year": 2026,
        "month": 3,
    }


def _incident(owner: Access, moment: datetime) -> dict[str, Any]:
    case = open_incident(owner, Opening("other", "Ebb."), now=moment)
    return {
        "incident_id": case.pk,
        "advice_id": deciding.ask(owner, case, Facts("ours"), now=moment).pk,
        "task_id": selectors.tasks(case)[0].pk,
    }


def _seen(owner: Access, channel: Channel, moment: datetime) -> dict[str, Any]:
    """What eve's account showed, and who is told."""
    return {
        "alarm_id": Alarm.objects.create(
            workspace=owner.workspace, state_at=moment, created_at=moment
        ).pk,
        "hand_rule_id": add_rule(
            owner.workspace.pk,
            channel.pk,
            HandWish((0,), time(9), time(18), "Ebb.", (moment + timedelta(days=1)).date()),
            by=owner.person.pk,
            now=moment,
        ).pk,
        "webhook_id": add_webhook(
            owner, url="https://hooks.example.org/", name="Pager", now=moment
        ).pk,
        "capture_id": ask(
            channel,
            "1.stray",
            "",
            about={},
            why="Ebb.",
            incident=None,
            by=owner.person.pk,
            now=moment,
        ).pk,
    }


def _watched(owner: Access, channel: Channel, moment: datetime) -> dict[str, Any]:
    """What eve listens to, wrote down and paused."""
    own = {"workspace": owner.workspace, "created_at": moment}
    feed = Feed.objects.create(
        **own, url="https://news.example.org/", name="Ebb", next_at=moment + timedelta(days=1)
    )
    rule = Guideline.objects.create(
        **own, kind="words", value={"words": ["ebb"]}, effect="warn", clause="Ebb."
    )
    holder = Holder.objects.create(channel=channel, name="Ebb", kind="staff", created_at=moment)
    day = Day.objects.create(**own, month=3, day=11, name_en="Ebb", name_fr="Reflux")
    return {
        "feed_id": feed.pk,
        "day_name": day.pk,
        "signal_id": tap(owner, "Ebb.", now=moment).pk,
        "guideline_id": rule.pk,
        "holder_id": holder.pk,
        "pause_id": pause_all(owner, "Ebb.", via="page", now=moment).pause.pk,
    }


def _drill(owner: Access, moment: datetime) -> Drill:
    return Drill.objects.create(
        workspace=owner.workspace, scenario="joke", language="en", speed=60, policy="none",
        by=owner.person, state="ended", state_at=moment, created_at=moment,
    )  # fmt: skip


def _inbox(owner: Access, channel: Channel, moment: datetime) -> dict[str, Any]:
    """Of what somebody wrote to eve, and what she did about it."""
    arrive(channel, heard(ABUSE, "a"))
    item = Item.objects.get()
    ask_approval(owner, on=True, now=moment)
    wish = Wish(item.pk, "At ten.", new_id(), owner.workspace.pk, channel.pk)
    proposal = answer(owner, item.thread_id, wish, now=moment)
    reply = add_reply(owner, Wording("Hours", "en", "At ten."), now=moment)
    pile = Pile.objects.create(workspace=owner.workspace, key="topic:late", created_at=moment)
    deed = PileDeed.objects.create(
        workspace=owner.workspace, pile=pile, deed="dismiss", upto=1, state_at=moment, by=owner.person,
        request=new_id(), created_at=moment,
    )  # fmt: skip
    report = acting.act(
        owner, item.pk, acting.Wish(Deed.REPORT, reason="rude"), request=new_id(), now=moment
    )
    return {
        "item_id": item.pk,
        "answer_id": report.pk,
        "report_id": Reported.objects.get().pk,
        "proposal_id": proposal.pk,
        "reply_id": reply.pk,
        "pile_id": pile.pk,
        "deed_id": deed.pk,
        "rule_id": Rule.objects.create(
            workspace=owner.workspace, name="Ebb", position=1, created_at=moment
        ).pk,
        **_talk(owner, item.thread, moment),
    }


def _talk(owner: Access, thread: Thread, moment: datetime) -> dict[str, Any]:
    """Of a conversation in eve's inbox, with a note and a label of hers."""
    return {
        "thread_id": thread.pk,
        "contact_id": thread.contact_id,
        "note_id": add_note(owner, thread, "Ebb.", now=moment).pk,
        "label_id": add_label(owner, "Ebb", now=moment).pk,
    }


@pytest.mark.parametrize("role", Role.values)
def test_nobody_reaches_what_is_not_theirs(role: str, theirs: Mapping[str, Any]) -> None:
    kim = make_person("kim")
    harbour = make_workspace("Harbour")
    make_member(harbour, kim, role)
    caller = Caller(make_token(kim, harbour))
    before = _counts()

    for one in operations():
        body = BODIES.get(one.id)
        if "{slug}" not in one.path:
            continue
        away = caller.ask(one.method, one.at("elsewhere", theirs), body)
        assert (away.status_code, said(away)["code"]) == (404, "not_found"), one
        may = Right(one.right) in RIGHTS[role]
        foreign = set(one.names) - {"year", "month"}
        if foreign or not may:
            near = caller.ask(one.method, one.at("harbour", theirs), body)
            assert near.status_code == (404 if may else 403), (one, near.content)
            assert "elsewhere" not in near.content.decode().lower()

    assert _counts() == before


def test_foreign_ids_inside_a_body_are_nothing(theirs: Mapping[str, Any]) -> None:
    kim = make_person("kim")
    harbour = make_workspace("Harbour")
    make_member(harbour, kim, Role.OWNER)
    caller = Caller(make_token(kim, harbour))
    content = {
        "text": "Ebb.",
        "media": [{"asset_id": str(theirs["asset_id"])}],
        "targets": {str(theirs["channel_id"]): {}},
    }

    report = said(caller.post("/w/harbour/posts/report", {"content": content}))
    renewed = caller.post(
        "/w/harbour/channels",
        {"network": "sandbox", "fields": {"name": "x"}, "channel_id": str(theirs["channel_id"])},
    )
    listed = said(caller.get(f"/w/harbour/posts?channel_id={theirs['channel_id']}"))

    codes = {one["code"] for one in report["findings"]}
    assert {"channel_gone", "picture_gone"} <= codes
    assert renewed.status_code == 404
    assert listed["items"] == []
    assert Channel.objects.count() == 1


def test_a_malformed_id_and_an_unknown_address_are_said_plainly(
    ann_calls: Caller,
) -> None:
    malformed = ann_calls.get("/w/harbour/posts/not-an-id")
    unknown = ann_calls.get("/w/harbour/nothing")

    assert (malformed.status_code, said(malformed)["code"]) == (422, "not_an_id")
    assert (unknown.status_code, said(unknown)["code"]) == (404, "not_found")
    assert not Entry.objects.exists()


def _counts() -> dict[str, int]:
    """Rows of every table."""
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}
