"""The lock-out folder: hidden on the network first, counted without words, gone through by a helper."""

from datetime import timedelta
from uuid import UUID

import pytest
from tests.people import make_member, make_person

from breakwater.audit.models import Entry
from breakwater.channels.models import Channel
from breakwater.core.ids import new_id
from breakwater.delivery.models import Delivery
from breakwater.domain.errors import Forbidden, Invalid, NotFound, StaleState
from breakwater.domain.triage import Category
from breakwater.inbox import folder, grants
from breakwater.inbox.folder import Standing
from breakwater.inbox.models import Answer, Grant, Item, Kept, Pulse, Reported, Thread
from breakwater.inbox.services import aside, helping
from breakwater.inbox.services.acting import Wish, act
from breakwater.inbox.services.helping import Decision
from breakwater.inbox.tests.world import (
    ABUSE,
    COMPLAINT,
    LEO,
    NOW,
    QUESTION,
    arrive,
    channel_of,
    said,
)
from breakwater.networks.base import Deed, What
from breakwater.notices.models import Notice
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import Access, access
from breakwater.wellbeing.models import Exposure

pytestmark = pytest.mark.django_db
THREAT = "I know where you live and I will kill you, you are dead"


def _thread(remote_id: str = "a") -> Thread:
    return Thread.objects.select_related("channel").get(messages__arrival__remote_id=remote_id)


def _pulse() -> int:
    return Pulse.objects.get().number


def _last() -> int:
    return int(Item.objects.order_by("-pk")[0].pk)


def _standing(remote_id: str = "a") -> Standing:
    thread = _thread(remote_id)
    return folder.standings([thread])[thread.pk]


@pytest.fixture
def kim_at(quay: Channel) -> Access:
    """kim, who may delete on the network too: a helper."""
    make_member(quay.workspace, kim := make_person("kim"), Role.APPROVER)
    return access(kim, quay.workspace.slug, Right.SEE)


@pytest.fixture
def grant(quay: Channel, ada_at: Access, kim_at: Access) -> UUID:
    lent = helping.lend(ada_at, kim_at.person.pk, until=NOW + timedelta(days=2), now=NOW)
    return lent.pk


def test_abuse_is_hidden_on_its_network_first(quay: Channel, ada_at: Access) -> None:
    arrive(quay, said(ABUSE, "a"))
    before = _standing()

    done = aside.set_aside(ada_at, [_thread().pk], now=NOW)
    again = aside.set_aside(ada_at, [_thread().pk], now=NOW)

    delivery = Delivery.objects.get()
    assert (done.aside, done.hiding) == (1, 1)
    assert (again.aside, again.hiding) == (0, 0)
    assert (delivery.payload["deed"], delivery.payload["target"]) == ("hide", "a")
    assert [(one.deed, one.by_id) for one in Answer.objects.all()] == [("hide", ada_at.person.pk)]
    assert _thread().state == "aside"
    assert (before, _standing()) == (Standing.PUBLIC, Standing.HIDING)


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("verified", Standing.HIDDEN),
        ("taken", Standing.HIDDEN),
        ("failed", Standing.PUBLIC),
        ("needs_human", Standing.PUBLIC),
        ("cancelled", Standing.PUBLIC),
    ],
)
def test_the_folder_says_what_became_of_hiding(
    quay: Channel, ada_at: Access, state: str, expected: Standing
) -> None:
    arrive(quay, said(ABUSE, "a"))
    aside.set_aside(ada_at, [_thread().pk], now=NOW)

    Delivery.objects.update(state=state)

    assert _standing() == expected


def test_what_cannot_be_hidden_is_said_to_be_public(quay: Channel, ada_at: Access) -> None:
    arrive(
        quay, said(ABUSE, "a", what=What.MENTION),
        said(ABUSE, "b", what=What.MESSAGE, thread="t", by=LEO),
    )  # fmt: skip

    done = aside.set_aside(ada_at, [_thread("a").pk, _thread("b").pk], now=NOW)

    assert (done.aside, done.hiding) == (2, 0)
    assert not Delivery.objects.exists()
    assert (_standing("a"), _standing("b")) == (Standing.CANNOT, Standing.PRIVATE)


def test_criticism_is_hidden_by_nobodys_setting_aside(quay: Channel, ada_at: Access) -> None:
    arrive(quay, said(COMPLAINT, "a"))

    done = aside.set_aside(ada_at, [_thread().pk], now=NOW)

    assert (done.aside, done.hiding) == (1, 0)
    assert not Delivery.objects.exists()


def test_a_threat_is_kept_before_it_is_set_aside(quay: Channel, ada_at: Access) -> None:
    arrive(quay, said(THREAT, "a"))

    aside.set_aside(ada_at, [_thread().pk], now=NOW)

    kept = Kept.objects.get()
    assert (kept.why, kept.by_id) == ("threat", ada_at.person.pk)
    assert _thread().state == "aside"


def test_what_nobody_needs_to_read_is_offered_and_nothing_else(
    quay: Channel, ada_at: Access
) -> None:
    arrive(quay, said(ABUSE, "a"), said(QUESTION, "b", by=LEO), said(THREAT, "c"))
    Item.objects.filter(arrival__remote_id="a").update(rank=0)
    Thread.objects.filter(pk=_thread("a").pk).update(rank=0)
    before = folder.offered(quay.workspace_id).count()

    done = aside.set_offered_aside(ada_at, now=NOW)

    assert (before, done.aside) == (1, 1)
    assert folder.counts(quay.workspace_id) == {Category.ABUSE: 1}
    with pytest.raises(NotFound):
        aside.set_offered_aside(ada_at, now=NOW)


def test_taken_out_it_is_where_it_was(quay: Channel, ada_at: Access) -> None:
    arrive(quay, said(ABUSE, "a"))
    aside.set_aside(ada_at, [_thread().pk], now=NOW)

    assert aside.take_out(ada_at, [_thread().pk], now=NOW) == 1

    assert _thread().state == "open"
    assert folder.counts(quay.workspace_id) == {}
    fact = Entry.objects.get(verb="thread.taken_out")
    assert (fact.subject_id, fact.actor_id) == (_thread().pk, ada_at.person.pk)


def test_who_answers_nobody_sets_nothing_aside(quay: Channel, ann_at: Access) -> None:
    arrive(quay, said(ABUSE, "a"))

    with pytest.raises(Forbidden):
        aside.set_aside(ann_at, [_thread().pk], now=NOW)

    assert _thread().state == "open"
    assert not Delivery.objects.exists()


def test_of_another_workspace_nothing_is_set_aside(
    quay: Channel, ada_at: Access, other_workspace: object
) -> None:
    far = channel_of(other_workspace, "2")  # type: ignore[arg-type]
    arrive(far, said(ABUSE, "far"))

    with pytest.raises(NotFound):
        aside.set_aside(ada_at, [_thread("far").pk], now=NOW)

    assert _thread("far").state == "open"


def test_a_helper_is_told_and_both_see_until_when(
    grant: UUID, ada_at: Access, kim_at: Access, mia_at: Access
) -> None:
    seen = [[one.pk for one in grants.grants_of(by, NOW)] for by in (ada_at, kim_at, mia_at)]
    later = grants.grants_of(kim_at, NOW + timedelta(days=2))

    assert seen == [[grant], [grant], []]
    assert later == []
    assert [(one.person_id, one.code) for one in Notice.objects.all()] == [
        (kim_at.person.pk, "asked_to_help")
    ]


def test_lent_again_it_is_the_same_with_another_end(
    grant: UUID, ada_at: Access, kim_at: Access
) -> None:
    later = NOW + timedelta(days=5)

    again = helping.lend(ada_at, kim_at.person.pk, until=later, now=NOW + timedelta(days=3))

    assert again.pk == grant
    assert [one.until for one in Grant.objects.all()] == [later]


def test_only_a_colleague_who_answers_can_help_and_not_for_ever(
    quay: Channel, ada_at: Access, ann_at: Access, kim_at: Access
) -> None:
    day = NOW + timedelta(days=1)
    wrong = [
        (ann_at.person.pk, day, "helper_unable"),
        (ada_at.person.pk, day, "helper_self"),
        (kim_at.person.pk, NOW, "grant_until"),
        (kim_at.person.pk, NOW + timedelta(days=32), "grant_until"),
    ]

    for helper, until, code in wrong:
        with pytest.raises(Invalid) as refusal:
            helping.lend(ada_at, helper, until=until, now=NOW)
        assert refusal.value.code == code

    assert not Grant.objects.exists()
    assert not Notice.objects.exists()


def test_who_looks_at_the_list_sees_what_was_set_aside_and_taken_out_at_once(
    quay: Channel, ada_at: Access
) -> None:
    arrive(quay, said(ABUSE, "a"))
    beats = [_pulse()]

    aside.set_aside(ada_at, [_thread().pk], now=NOW)
    beats.append(_pulse())
    aside.take_out(ada_at, [_thread().pk], now=NOW)
    beats.append(_pulse())

    assert len(set(beats)) == 3


def test_nothing_is_hidden_where_setting_aside_was_killed_halfway(
    quay: Channel, ada_at: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrive(quay, said(ABUSE, "a"))

    with monkeypatch.context() as within:
        within.setattr(aside, "move_many", _killed)
        with pytest.raises(KeyboardInterrupt):
            aside.set_aside(ada_at, [_thread().pk], now=NOW)

    assert _thread().state == "open"
    assert not Delivery.objects.exists()
    assert aside.set_aside(ada_at, [_thread().pk], now=NOW).hiding == 1


def _killed(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_what_a_helper_opens_counts_for_the_helper(
    quay: Channel, grant: UUID, ada_at: Access, kim_at: Access
) -> None:
    arrive(quay, said(ABUSE, "a"))
    aside.set_aside(ada_at, [_thread().pk], now=NOW)
    item = Item.objects.get()

    shown = helping.reveal(kim_at, grant, item.pk, "text", request=new_id(), now=NOW)

    assert shown.text == ABUSE
    assert [(one.person_id, one.on_behalf_of_id) for one in Exposure.objects.all()] == [
        (kim_at.person.pk, ada_at.person.pk)
    ]


def test_a_helper_opens_nothing_outside_of_the_folder(
    quay: Channel, grant: UUID, kim_at: Access
) -> None:
    arrive(quay, said(ABUSE, "a"))

    with pytest.raises(NotFound):
        helping.reveal(kim_at, grant, Item.objects.get().pk, "text", request=new_id(), now=NOW)

    assert not Exposure.objects.exists()


@pytest.mark.parametrize(
    ("decision", "deeds", "kept"),
    [
        (Decision.NOTHING, [], 0),
        (Decision.KEEP, [], 1),
        (Decision.REPORT, ["report"], 0),
        (Decision.REMOVE, ["remove"], 0),
        (Decision.BLOCK, ["block"], 0),
    ],
)
def test_a_helper_decides_and_it_is_done(
    quay: Channel, grant: UUID, ada_at: Access, kim_at: Access,
    decision: Decision, deeds: list[str], kept: int,
) -> None:  # fmt: skip
    arrive(quay, said(ABUSE, "a"))
    aside.set_aside(ada_at, [_thread().pk], now=NOW)
    Answer.objects.all().delete()

    helping.decide(kim_at, grant, _thread().pk, decision, upto=_last(), request=new_id(), now=NOW)

    assert [one.deed for one in Answer.objects.all()] == deeds
    assert Kept.objects.count() == kept
    assert (_thread().state, _thread().waiting) == ("done", 0)
    with pytest.raises(StaleState):
        helping.decide(
            kim_at, grant, _thread().pk, decision, upto=_last(), request=new_id(), now=NOW
        )


@pytest.mark.parametrize("decision", list(Decision))
def test_what_came_after_the_helper_looked_is_not_decided_on(
    quay: Channel, grant: UUID, ada_at: Access, kim_at: Access, decision: Decision
) -> None:
    arrive(quay, said(ABUSE, "a"))
    aside.set_aside(ada_at, [_thread().pk], now=NOW)
    seen = _last()
    arrive(quay, said(ABUSE, "b", minutes=1, parent="a"))

    done = helping.decide(
        kim_at, grant, _thread().pk, decision, upto=seen, request=new_id(), now=NOW
    )

    assert not done
    assert (_thread().state, _thread().waiting) == ("aside", 1)
    fact = Entry.objects.get(verb="grant.decided")
    assert (fact.actor_id, fact.subject_id) == (kim_at.person.pk, grant)
    assert fact.data == {
        "decision": decision.value, "thread": str(_thread().pk), "for": str(ada_at.person.pk),
        "items": [seen],
    }  # fmt: skip
    assert not Answer.objects.exclude(deed="hide").exclude(item=seen).exists()
    assert not Kept.objects.exclude(arrival=seen).exists()


def test_a_helpers_report_is_followed_up_and_made_once(
    quay: Channel, grant: UUID, ada_at: Access, kim_at: Access
) -> None:
    arrive(quay, said(ABUSE, "a"), said(THREAT, "b", minutes=1, parent="a"))
    aside.set_aside(ada_at, [_thread().pk], now=NOW)
    act(ada_at, Item.objects.order_by("pk")[0].pk, Wish(Deed.REPORT, "rude"),
        request=new_id(), now=NOW)  # fmt: skip

    helping.decide(
        kim_at, grant, _thread().pk, Decision.REPORT, upto=_last(), request=new_id(), now=NOW
    )

    assert [(one.item.arrival.remote_id, one.reason) for one in Reported.objects.order_by("pk")] == [
        ("a", "rude"), ("b", "violation"),
    ]  # fmt: skip


def test_who_may_not_delete_there_does_not_as_a_helper(
    quay: Channel, ada_at: Access, kim_at: Access
) -> None:
    arrive(quay, said(ABUSE, "a"))
    aside.set_aside(ada_at, [_thread().pk], now=NOW)
    lent = helping.lend(kim_at, ada_at.person.pk, until=NOW + timedelta(days=1), now=NOW)

    with pytest.raises(Forbidden):
        helping.decide(
            ada_at, lent.pk, _thread().pk, Decision.REMOVE, upto=_last(), request=new_id(), now=NOW
        )

    assert [one.deed for one in Answer.objects.all()] == ["hide"]
    assert _thread().state == "aside"


def test_what_has_ended_lets_nobody_decide(
    quay: Channel, grant: UUID, ada_at: Access, kim_at: Access
) -> None:
    arrive(quay, said(ABUSE, "a"))
    aside.set_aside(ada_at, [_thread().pk], now=NOW)

    with pytest.raises(Forbidden):
        helping.decide(
            ada_at, grant, _thread().pk, Decision.NOTHING, upto=_last(), request=new_id(), now=NOW
        )
    helping.revoke(kim_at, grant, now=NOW)
    with pytest.raises(NotFound):
        helping.decide(
            kim_at, grant, _thread().pk, Decision.NOTHING, upto=_last(), request=new_id(), now=NOW
        )

    assert _thread().state == "aside"
