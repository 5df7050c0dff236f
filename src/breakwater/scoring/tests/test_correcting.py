"""People say what is wrong; ten of them move a threshold, when a person says so, and back."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter

import pytest
import pytest_django
from django.db import transaction

from breakwater.audit.models import Entry
from breakwater.core import crypto
from breakwater.domain.errors import BreakwaterError, Forbidden, Invalid, NotFound, StaleState
from breakwater.domain.scoring.scores import Band, Head, Item
from breakwater.people.models import Workspace
from breakwater.people.selectors import Access
from breakwater.scoring.models import Correction, KeptText, Move
from breakwater.scoring.selectors import exported, proposal, proposals
from breakwater.scoring.services import add_term, correct, move, move_back, score, take_back_consent
from breakwater.scoring.services.sealing import reseal
from breakwater.scoring.tests.conftest import Counting
from breakwater.scoring.texts import hash_of, without_names

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _keys(settings: pytest_django.Settings, tmp_path: object) -> None:
    settings.SEALING_KEYS = tmp_path


def _corrected(by: Access, model: Counting, now: datetime, *, times: int, start: int = 0) -> None:
    """So many different texts that were veiled and should not be."""
    for n in range(start, start + times):
        text = f"meh {n}"
        correct(by, text, should=False, head=Head.ABUSIVE, now=now + n * MINUTE, model=model)


def test_a_correction_says_what_was_said_and_keeps_no_text(
    bob_at: Access, model: Counting, now: datetime
) -> None:
    (row,) = correct(bob_at, "you fool", should=False, now=now, model=model)

    assert (row.head, row.said, row.veiled, row.should) == ("abusive", 0.6, True, False)
    assert (row.language, row.model, row.by_id) == ("en", "counting-1", bob_at.person.pk)
    assert row.text_hash == hash_of(bob_at.workspace.pk, "you  fool")
    assert not KeptText.objects.exists()
    assert list(exported(bob_at.workspace.pk)) == []


def test_a_text_that_should_be_veiled_needs_to_be_said_why(
    bob_at: Access, model: Counting, now: datetime
) -> None:
    with pytest.raises(Invalid) as nothing_said:
        correct(bob_at, "harmless?", should=True, now=now, model=model)
    (row,) = correct(bob_at, "harmless?", should=True, head=Head.INSULT, now=now, model=model)

    assert nothing_said.value.code == "correction_head"
    assert (row.head, row.said, row.veiled, row.should) == ("insult", 0.05, False, True)


def test_what_a_term_veils_is_said_to_be_the_terms(
    bob_at: Access, model: Counting, now: datetime
) -> None:
    add_term(bob_at, "fog", allowed=False, now=now)

    with pytest.raises(Invalid) as refused:
        correct(bob_at, "fog", should=False, now=now, model=model)

    assert refused.value.code == "correction_term"
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    ("text", "should", "head", "code"),
    [
        ("Good day", False, None, "correction_agreed"),
        ("you fool", True, Head.ABUSIVE, "correction_agreed"),
        ("you fool", False, Head.NEGATIVE, "correction_head"),
        ("hola", False, None, "correction_unscored"),
        ("x" * 20_001, False, None, "scored_too_long"),
    ],
)
def test_what_cannot_be_corrected_is_refused(
    bob_at: Access, model: Counting, now: datetime,
    text: str, should: bool, head: Head | None, code: str,
) -> None:  # fmt: skip
    with pytest.raises(Invalid) as refused:
        correct(bob_at, text, should=should, head=head, now=now, model=model)

    assert refused.value.code == code
    assert not Correction.objects.exists()


def test_with_consent_the_text_is_kept_sealed_without_names_and_exported(
    bob_at: Access, model: Counting, now: datetime
) -> None:
    text = "@kim.b you fool see https://sea.example/kim"
    correct(bob_at, text, should=False, consent=True, now=now, model=model)
    correct(bob_at, "meh", should=False, now=now, model=model)

    (line,) = [json.loads(one) for one in exported(bob_at.workspace.pk)]

    assert b"fool" not in bytes(KeptText.objects.get().sealed)
    assert line == {
        "text": "@… you fool see www…", "language": "en", "head": "abusive", "said": 0.6,
        "veiled": True, "should": False, "model": "counting-1", "day": "2026-03-02",
    }  # fmt: skip


def test_consent_is_taken_back_and_the_correction_stays(
    bob_at: Access, mia_at: Access, ann_at: Access, model: Counting, now: datetime
) -> None:
    (one,) = correct(bob_at, "you fool", should=False, consent=True, now=now, model=model)
    (two,) = correct(bob_at, "meh", should=False, consent=True, now=now, model=model)

    with pytest.raises(NotFound):
        take_back_consent(ann_at, one.pk)
    take_back_consent(bob_at, one.pk)
    take_back_consent(mia_at, two.pk)

    assert list(exported(bob_at.workspace.pk)) == []
    assert Correction.objects.count() == 2
    with pytest.raises(NotFound):
        take_back_consent(bob_at, one.pk)


def test_ten_corrections_propose_a_move_that_a_person_makes_and_takes_back(
    bob_at: Access, mia_at: Access, model: Counting, now: datetime
) -> None:
    _corrected(bob_at, model, now, times=9)
    assert proposal(bob_at.workspace.pk, Head.ABUSIVE).to == 0
    _corrected(bob_at, model, now, times=1, start=9)
    assert [(one.head, one.to) for one in proposals(bob_at.workspace.pk) if one.to] == [
        (Head.ABUSIVE, 0.05)
    ]

    (before,) = score(bob_at.workspace, [Item("meh")], now=now, model=model)
    move(mia_at, Head.ABUSIVE, to=0.05, now=now)
    (after,) = score(bob_at.workspace, [Item("meh")], now=now, model=model)
    move_back(mia_at, Head.ABUSIVE, now=now + MINUTE)
    (again,) = score(bob_at.workspace, [Item("meh")], now=now, model=model)

    assert [one.band for one in (before, after, again)] == [Band.VEILED, Band.CLEAR, Band.VEILED]
    verbs = [(entry.verb, entry.data["to"]) for entry in Entry.objects.order_by("number")]
    assert verbs == [("threshold.moved", 50), ("threshold.moved", 0)]
    with pytest.raises(NotFound):
        move_back(mia_at, Head.ABUSIVE, now=now + 2 * MINUTE)


def test_two_moves_are_taken_back_one_after_the_other(
    bob_at: Access, mia_at: Access, model: Counting, now: datetime
) -> None:
    _corrected(bob_at, model, now, times=10)
    move(mia_at, Head.ABUSIVE, to=0.05, now=now)
    for n in range(20):
        correct(bob_at, f"fool {n}", should=False, now=now + n * MINUTE, model=model)
    move(mia_at, Head.ABUSIVE, to=0.1, now=now + MINUTE)

    back = [move_back(mia_at, Head.ABUSIVE, now=now + n * MINUTE).to for n in (2, 3)]

    assert back == [0.05, 0.0]
    assert Move.objects.count() == 4


def test_the_same_text_counts_once_and_the_last_word_stands(
    bob_at: Access, model: Counting, now: datetime
) -> None:
    for n in range(12):
        correct(bob_at, "you fool", should=False, now=now + n * MINUTE, model=model)

    found = proposal(bob_at.workspace.pk, Head.ABUSIVE)

    assert (found.too_strict, found.too_mild, found.to) == (1, 0, 0)


def test_a_move_that_is_not_what_was_seen_is_not_made(
    bob_at: Access, mia_at: Access, model: Counting, now: datetime
) -> None:
    _corrected(bob_at, model, now, times=10)

    for by, to, error in (
        (mia_at, 0.15, StaleState), (mia_at, 0.0, StaleState), (bob_at, 0.05, Forbidden),
    ):  # fmt: skip
        with pytest.raises(error), transaction.atomic():
            move(by, Head.ABUSIVE, to=to, now=now)

    assert not Move.objects.exists()
    assert not Entry.objects.exists()


def test_who_does_not_answer_people_corrects_nothing(
    ann_at: Access, other_workspace: Workspace, model: Counting, now: datetime
) -> None:
    with pytest.raises(BreakwaterError):
        correct(ann_at, "you fool", should=False, now=now, model=model)

    assert not Correction.objects.exists()


def test_a_hash_says_nothing_across_workspaces(
    harbour_workspace: Workspace, other_workspace: Workspace
) -> None:
    here, there = (hash_of(one.pk, "fog") for one in (harbour_workspace, other_workspace))

    assert here != there
    assert len(here) == 64
    assert hash_of(harbour_workspace.pk, "\ud800 fog") == hash_of(
        harbour_workspace.pk, "\ufffd fog"
    )


def test_kept_texts_open_with_a_new_key_alone(
    bob_at: Access, model: Counting, now: datetime, tmp_path: Path
) -> None:
    correct(bob_at, "you fool", should=False, consent=True, now=now, model=model)
    (old,) = tmp_path.glob("*.key")
    crypto.new_key()

    assert reseal() == (1, 0)
    assert reseal() == (0, 0)
    old.unlink()
    assert "you fool" in next(exported(bob_at.workspace.pk))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Ask @ann-b.c, or (ann.b+c@harbour.example).", "Ask @…, or (@…)."),
        ("@ann@harbour.example: no", "@…: no"),
        ("five @ 3, well-known... @@ @.", "five @ 3, well-known... @@ @."),
        ("see https://harbour.example/@ann now", "see www… now"),
        ("see Harbour.fr/ann-lee,1 or WWW.harbour.fr", "see www… or www…"),
    ],
)
def test_names_and_links_are_taken_out_and_nothing_else(text: str, kept: str) -> None:
    assert without_names(text) == kept


@pytest.mark.parametrize("part", ["a", "@", "@-", "a.-", "@a", "a@", "www.", "a.", "b.fr"])
def test_names_are_taken_out_of_a_text_that_is_made_to_hurt_in_time(part: str) -> None:
    text = part * (20_000 // len(part))
    begun = perf_counter()

    without_names(text)

    assert perf_counter() - begun < 0.1


def test_a_text_whose_key_was_lost_keeps_no_other_from_being_exported(
    bob_at: Access, model: Counting, now: datetime,
    settings: pytest_django.Settings, tmp_path: Path,
) -> None:  # fmt: skip
    correct(bob_at, "you fool", should=False, consent=True, now=now, model=model)
    settings.SEALING_KEYS = tmp_path / "others"
    correct(bob_at, "meh", should=False, consent=True, now=now, model=model)

    assert [json.loads(line)["text"] for line in exported(bob_at.workspace.pk)] == ["meh"]
