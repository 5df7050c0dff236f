"""Whom a workspace asks: bounded, sealed, on record, and only where a key may go."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_django

from breakwater.audit.models import Entry
from breakwater.domain.errors import Forbidden, Invalid, NotFound
from breakwater.domain.scoring.scores import Item
from breakwater.people.selectors import Access
from breakwater.scoring.models import OpinionSetup
from breakwater.scoring.rules import rules_of
from breakwater.scoring.services import opinions
from breakwater.scoring.services.setups import Wish, opened, set_up, switch_off
from breakwater.scoring.standing import standing_of

pytestmark = pytest.mark.django_db
VALUES = {"address": "https://api.example/v1", "key": "sk-kelp", "model": "kelp-1"}


@pytest.fixture(autouse=True)
def _keys(settings: pytest_django.Settings, tmp_path: Path) -> None:
    settings.SEALING_KEYS = tmp_path


def _wish(values: Mapping[str, str] = VALUES, **changes: Any) -> Wish:
    return Wish(**{"scorer": "chat", "values": values, **changes})


def test_it_is_set_up_sealed_and_on_record(mia_at: Access, now: datetime) -> None:
    row = set_up(mia_at, _wish(most=9), now=now)

    asking = rules_of(mia_at.workspace.pk).asking
    assert asking is not None
    assert (asking.scorer, asking.unsure.low, asking.unsure.high) == ("chat", 0.35, 0.75)
    assert row.most == 1  # a language model is asked about one text at a time
    assert b"sk-kelp" not in bytes(row.sealed)
    assert opened(row) == VALUES
    assert standing_of(mia_at.workspace.pk, now=now).values == {
        "address": VALUES["address"], "model": "kelp-1",
    }  # fmt: skip
    entry = Entry.objects.get()
    assert entry.verb == "opinion.set_up"
    assert "sk-kelp" not in json.dumps(entry.data)


def test_a_key_stays_for_its_address_and_goes_to_no_other(mia_at: Access, now: datetime) -> None:
    set_up(mia_at, _wish(), now=now)
    same = set_up(mia_at, _wish({**VALUES, "key": "", "model": "kelp-2"}), now=now)
    kept = opened(same)["key"]
    other = set_up(mia_at, _wish({**VALUES, "key": "", "address": "https://b.example"}), now=now)

    assert kept == "sk-kelp"
    assert opened(other)["key"] == ""


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (_wish(scorer="nobody"), "scorer_missing"),
        (_wish({**VALUES, "model": " "}), "scorer_field"),
        (_wish({**VALUES, "model": "m" * 501}), "scorer_field"),
        (_wish({**VALUES, "address": "http://api.example"}), "scorer_address"),
        (_wish({**VALUES, "address": "https://me@api.example"}), "scorer_address"),
        (_wish({**VALUES, "address": "https://[::1"}), "scorer_address"),
        (_wish({**VALUES, "address": "file:///etc/passwd"}), "scorer_address"),
        (_wish(low=0.1), "scorer_band"),
        (_wish(high=0.9), "scorer_band"),
        (_wish(low=0.6, high=0.5), "scorer_band"),
        (_wish(low=float("nan")), "scorer_band"),
        (_wish(daily=0), "scorer_daily"),
        (_wish(micros=-1), "scorer_price"),
        (_wish(most=0), "scorer_most"),
    ],
)
def test_what_is_out_of_bounds_is_refused(
    mia_at: Access, wish: Wish, code: str, now: datetime
) -> None:
    with pytest.raises(Invalid) as refused:
        set_up(mia_at, wish, now=now)

    assert refused.value.code == code
    assert not OpinionSetup.objects.exists()
    assert not Entry.objects.exists()


def test_switched_off_the_key_is_forgotten(mia_at: Access, now: datetime) -> None:
    set_up(mia_at, _wish(), now=now)

    switch_off(mia_at, now=now)

    assert not OpinionSetup.objects.exists()
    assert rules_of(mia_at.workspace.pk).asking is None
    with pytest.raises(NotFound):
        switch_off(mia_at, now=now)


def test_it_is_not_for_everybody(bob_at: Access, now: datetime) -> None:
    with pytest.raises(Forbidden):
        set_up(bob_at, _wish(), now=now)

    assert not OpinionSetup.objects.exists()


def test_after_its_key_was_lost_it_is_said_and_set_up_again(
    mia_at: Access, now: datetime, settings: pytest_django.Settings, tmp_path: Path
) -> None:
    set_up(mia_at, _wish(), now=now)
    asking = rules_of(mia_at.workspace.pk).asking
    assert asking is not None
    opinions.wish_for(mia_at.workspace.pk, asking, [Item("you fool")], now=now)
    settings.SEALING_KEYS = tmp_path / "others"

    assert opinions.lease(limit=1, now=now) == []
    lost = standing_of(mia_at.workspace.pk, now=now)
    again = set_up(mia_at, _wish(), now=now)

    assert lost.setup is not None
    assert (lost.setup.trouble, lost.values, lost.waiting) == ("scorer_sealed", {}, 0)
    assert opened(again) == VALUES
    assert again.trouble == ""
