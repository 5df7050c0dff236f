"""What an older version called toxic is called abusive, wherever it is kept."""

import importlib
from datetime import timedelta

import pytest
from django.apps import apps
from tests.people import make_workspace

from breakwater.inbox.models import Item, Rule
from breakwater.inbox.tests.world import ABUSE, NOW, arrive, channel_of, said
from breakwater.scoring.models import Correction, Move, SecondOpinion

pytestmark = pytest.mark.django_db


def _migrated() -> None:
    for app, name in (("scoring", "0005_abusive"), ("inbox", "0017_abusive")):
        step = importlib.import_module(f"breakwater.{app}.migrations.{name}")
        step.call_abusive(apps, None)


def test_messages_and_rules_say_it_by_its_new_name() -> None:
    quay = channel_of(make_workspace("Harbour"))
    arrive(quay, said(ABUSE, "a"), said("Thank you, all is well.", "b"))
    Item.objects.filter(arrival__remote_id="a").update(
        reasons=["threat", "toxic"], chances={"toxic": 0.9, "threat": 0.95}
    )
    asked = [{"what": "score", "head": "toxic", "least": 50}, {"what": "link", "yes": True}]
    rule = Rule.objects.create(
        workspace=quay.workspace, name="Rude", position=1, conditions=asked, created_at=NOW
    )

    _migrated()

    item = Item.objects.get(arrival__remote_id="a")
    assert (item.reasons, item.chances) == (
        ["threat", "abusive"],
        {"abusive": 0.9, "threat": 0.95},
    )
    rule.refresh_from_db()
    assert rule.conditions == [
        {"what": "score", "head": "abusive", "least": 50},
        {"what": "link", "yes": True},
    ]


def test_corrections_moves_and_opinions_do_too() -> None:
    workspace = make_workspace("Harbour")
    Correction.objects.create(
        workspace=workspace, text_hash="x", language="en", head="toxic", said=0.6, veiled=True,
        should=False, model="breakwater-1.1", consent=False, created_at=NOW,
    )  # fmt: skip
    Move.objects.create(
        workspace=workspace, head="toxic", before=0, to=0.05, corrections=10, created_at=NOW
    )
    SecondOpinion.objects.create(
        workspace=workspace, text_hash="x", state="given", state_at=NOW, created_at=NOW,
        answer={"toxic": 0.4, "insult": 0.1}, next_at=NOW, lease_until=NOW + timedelta(days=1),
    )  # fmt: skip

    _migrated()

    assert Correction.objects.get().head == Move.objects.get().head == "abusive"
    assert SecondOpinion.objects.get().answer == {"abusive": 0.4, "insult": 0.1}
