"""Saved answers: written once, offered by language and category, filled in with what is shown."""

import hashlib

import pytest
from tests.people import make_member, make_person, make_workspace

from breakwater.audit.models import Entry
from breakwater.channels.models import Channel
from breakwater.core.ids import new_id
from breakwater.domain.errors import Forbidden, Invalid, NotFound
from breakwater.domain.shield import Level, Shield
from breakwater.inbox import reading
from breakwater.inbox.models import Item, Rule, SavedReply
from breakwater.inbox.saved import filled, fitting, values_for
from breakwater.inbox.services.automation_setup import switch_off
from breakwater.inbox.services.saved_replies import (
    Wording,
    add_reply,
    change_reply,
    remove_reply,
)
from breakwater.inbox.tests.test_rules import ANY, made
from breakwater.inbox.tests.world import (
    COMPLAINT,
    DANGER,
    LEO,
    NOW,
    QUESTION,
    arrive,
    said,
)
from breakwater.networks.base import Author
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import Access, access

pytestmark = pytest.mark.django_db
TEXT = "Hello {name}, we look for order {order}. {agent}, {brand}"
HATEFUL = "You are all fucking bitches"


def test_it_is_added_changed_and_removed(ada_at: Access) -> None:
    row = add_reply(ada_at, Wording("Order", "en", TEXT, "complaint"), now=NOW)
    change_reply(ada_at, row.pk, Wording("Order late", "en", TEXT + "!"), now=NOW)
    kept = SavedReply.objects.get()
    remove_reply(ada_at, row.pk, now=NOW)

    assert (kept.name, kept.category, kept.text[-1]) == ("Order late", "", "!")
    assert not SavedReply.objects.exists()


@pytest.mark.parametrize(
    ("wording", "code"),
    [
        (Wording("", "en", TEXT), "name_empty"),
        (Wording("Order", "en", "  "), "saved_reply_empty"),
        (Wording("Order", "en", "Hello {nmae}"), "saved_reply_places"),
        (Wording("Order", "en", TEXT, "rage"), "field_choice"),
        (Wording("Order", "", TEXT), "field_choice"),
        (Wording("Taken", "en", TEXT), "saved_reply_there"),
    ],
)
def test_what_makes_no_sense_is_refused(ada_at: Access, wording: Wording, code: str) -> None:
    add_reply(ada_at, Wording("Taken", "en", TEXT), now=NOW)

    with pytest.raises(Invalid) as refusal:
        add_reply(ada_at, wording, now=NOW)

    assert refusal.value.code == code
    assert SavedReply.objects.count() == 1


def test_others_cannot_touch_it(ada_at: Access, ann_at: Access) -> None:
    row = add_reply(ada_at, Wording("Order", "en", TEXT), now=NOW)
    elsewhere = make_workspace("elsewhere")
    make_member(elsewhere, kim := make_person("kim"), Role.MANAGER)
    outside = access(kim, "elsewhere", Right.SEE)

    with pytest.raises(Forbidden):
        remove_reply(ann_at, row.pk, now=NOW)
    with pytest.raises(NotFound):
        remove_reply(outside, row.pk, now=NOW)
    with pytest.raises(NotFound):
        change_reply(ada_at, new_id(), Wording("Order", "en", TEXT), now=NOW)

    assert SavedReply.objects.get() == row


def test_those_that_fit_are_offered_by_language_and_category(quay: Channel, ada_at: Access) -> None:
    for wording in (
        Wording("Any", "en", TEXT), Wording("Late", "en", TEXT, "complaint"),
        Wording("Hours", "en", TEXT, "question"), Wording("Tard", "fr", TEXT, "complaint"),
    ):  # fmt: skip
        add_reply(ada_at, wording, now=NOW)
    arrive(quay, said(COMPLAINT, "a"), said(DANGER, "b", by=LEO))

    offered = fitting(ada_at, Item.objects.get(arrival__remote_id="a")).rows

    assert [one.name for one in offered] == ["Late", "Any"]
    assert fitting(ada_at, Item.objects.get(arrival__remote_id="b")).rows == []


def test_places_are_filled_with_what_the_reader_is_shown(quay: Channel, ada_at: Access) -> None:
    row = add_reply(ada_at, Wording("Order", "en", TEXT), now=NOW)
    arrive(quay, said(COMPLAINT, "a", by=Author("h", "@x", HATEFUL)), said(QUESTION, "b"))
    item, other = Item.objects.select_related("arrival", "contact", "thread").order_by("pk")

    shielded = values_for(ada_at, item.thread, reading.message(item, Shield()))
    everything = reading.message(item, Shield(Level.EVERYTHING))
    plain = values_for(ada_at, other.thread, reading.message(other, Shield()))

    assert filled(row, shielded) == ("Hello {name}, we look for order 48213. Ada, Harbour")
    assert values_for(ada_at, item.thread, everything)["order"] == ""
    assert plain["name"] == "Kim Holloway"


def test_words_that_rules_send_are_changed_by_those_who_set_up_rules(
    quay: Channel, ada_at: Access, mia_at: Access
) -> None:
    row = add_reply(ada_at, Wording("Order", "en", TEXT), now=NOW)
    answer = {"do": "answer", "of": str(row.pk)}
    on, off = made(mia_at, ANY, answer), made(mia_at, ANY, answer)
    switch_off(mia_at, off.pk, now=NOW)
    other = made(mia_at, ANY, {"do": "done"})

    with pytest.raises(Invalid) as refusal:
        change_reply(ada_at, row.pk, Wording("Order", "en", "Fools."), now=NOW)
    assert (refusal.value.code, refusal.value.data["rules"]) == ("saved_reply_in_rules", on.name)
    assert SavedReply.objects.get().text == TEXT
    assert not Entry.objects.filter(verb="saved_reply.changed").exists()
    change_reply(ada_at, row.pk, Wording("Parcel", "en", TEXT, "complaint"), now=NOW)
    change_reply(mia_at, row.pk, Wording("Parcel", "en", "Soon."), now=NOW)

    assert SavedReply.objects.get().text == "Soon."
    revisions = dict(Rule.objects.values_list("pk", "revision"))
    assert revisions == {on.pk: 1, off.pk: 2, other.pk: 1}  # off: it is tried again first
    digests = [one.data["digest"] for one in Entry.objects.filter(verb="saved_reply.changed")]
    assert digests == [hashlib.sha256(one.encode()).hexdigest() for one in (TEXT, "Soon.")]
