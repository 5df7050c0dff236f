"""The workspace's words first, then the model: which decided, and why."""

from datetime import datetime
from time import perf_counter

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.people import NOW

from breakwater.audit.models import Entry
from breakwater.core.ids import new_id
from breakwater.domain.errors import Forbidden, Invalid, NotFound
from breakwater.domain.scoring import terms as wording
from breakwater.domain.scoring.scores import Abstention, Band, Head, Item
from breakwater.people.models import Workspace
from breakwater.people.selectors import Access
from breakwater.scoring.models import Term
from breakwater.scoring.services import add_term, remove_term, score
from breakwater.scoring.tests.conftest import Counting
from breakwater.scoring.verdicts import Stage

pytestmark = pytest.mark.django_db


def test_without_terms_the_model_decides(harbour_workspace: Workspace, model: Counting) -> None:
    clear, veiled, held = score(
        harbour_workspace,
        [Item("Good day"), Item("you fool"), Item("swine")],
        now=NOW,
        model=model,
    )

    assert [one.band for one in (clear, veiled, held)] == [Band.CLEAR, Band.VEILED, Band.HELD]
    assert {one.stage for one in (clear, veiled, held)} == {Stage.MODEL}
    assert (clear.reasons, veiled.reasons) == ((), (Head.ABUSIVE,))
    assert veiled.score.band is Band.VEILED


def test_the_workspaces_language_is_the_hint_where_there_is_none(
    harbour_workspace: Workspace, model: Counting
) -> None:
    score(harbour_workspace, [Item("ok"), Item("ok", "fr")], now=NOW, model=model)

    assert [item.hint for item in model.asked] == ["en", "fr"]


def test_a_denied_word_veils_what_the_model_finds_clear_or_cannot_read(
    bob_at: Access, model: Counting, now: datetime
) -> None:
    term = add_term(bob_at, "Rotten  fish", allowed=False, now=now)

    texts = [Item("rotten fish"), Item("hola r0tten f1sh"), Item("rotten fish swine")]
    clear, unread, held = score(bob_at.workspace, texts, now=NOW, model=model)

    assert (clear.band, clear.stage, clear.denied) == (Band.VEILED, Stage.TERM, (term.pk,))
    assert (unread.band, unread.stage) == (Band.VEILED, Stage.TERM)
    assert unread.score.abstained is Abstention.LANGUAGE
    assert (held.band, held.stage) == (Band.HELD, Stage.MODEL)


def test_an_allowed_word_counts_for_nothing_and_what_stands_beside_it_still_does(
    bob_at: Access, model: Counting, now: datetime
) -> None:
    term = add_term(bob_at, "fool", allowed=True, now=now)

    clear, held = score(
        bob_at.workspace, [Item("April fool!"), Item("fool swine")], now=NOW, model=model
    )

    assert (clear.band, clear.stage, clear.allowed) == (Band.CLEAR, Stage.MODEL, (term.pk,))
    assert held.band is Band.HELD
    assert [item.text for item in model.asked][:2] == ["April     !", "     swine"]


def test_an_allowed_word_never_hides_somebody_in_danger(
    bob_at: Access, model: Counting, now: datetime
) -> None:
    add_term(bob_at, "drown", allowed=True, now=now)

    (one,) = score(bob_at.workspace, [Item("drown swine")], now=NOW, model=model)

    assert one.score.chances[Head.DANGER] == 0.6
    assert one.danger
    assert one.band is Band.VEILED


def test_what_nobody_can_judge_is_not_called_clear(
    harbour_workspace: Workspace, model: Counting
) -> None:
    (one,) = score(harbour_workspace, [Item("hola")], now=NOW, model=model)

    assert (one.band, one.stage) == (None, Stage.NOBODY)


def test_a_term_counts_at_once_and_until_it_is_removed(
    bob_at: Access, model: Counting, now: datetime
) -> None:
    term = add_term(bob_at, "fog", allowed=False, now=now)
    (with_it,) = score(bob_at.workspace, [Item("fog")], now=NOW, model=model)
    add_term(bob_at, "FOG", allowed=True, now=now)
    (allowed,) = score(bob_at.workspace, [Item("fog")], now=NOW, model=model)
    remove_term(bob_at, term.pk, now=now)
    (without,) = score(bob_at.workspace, [Item("fog")], now=NOW, model=model)

    assert [with_it.denied, allowed.denied, without.allowed] == [(term.pk,), (), ()]
    assert allowed.allowed == (term.pk,)
    verbs = [entry.verb for entry in Entry.objects.order_by("number")]
    assert verbs == ["term.added", "term.added", "term.removed"]
    assert "fog" not in str(list(Entry.objects.values_list("data", flat=True)))


def test_a_batch_costs_one_query_and_terms_are_read_once(
    bob_at: Access,
    model: Counting,
    now: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    add_term(bob_at, "fog", allowed=False, now=now)
    with django_assert_num_queries(4):
        score(bob_at.workspace, [Item("fog")], now=NOW, model=model)

    with django_assert_num_queries(1):
        found = score(bob_at.workspace, [Item("fog")] * 100, now=NOW, model=model)

    assert len(found) == 100
    with django_assert_num_queries(0):
        assert score(bob_at.workspace, [], now=NOW, model=model) == []


def test_spans_come_when_they_are_asked_for(harbour_workspace: Workspace, model: Counting) -> None:
    (one,) = score(harbour_workspace, [Item("you fool")], explain=True, now=NOW, model=model)
    (plain,) = score(harbour_workspace, [Item("you fool")], now=NOW, model=model)

    assert [(span.start, span.end) for span in one.score.spans] == [(4, 8)]
    assert plain.score.spans == ()


def test_one_workspaces_words_are_not_anothers(
    bob_at: Access, other_workspace: Workspace, model: Counting, now: datetime
) -> None:
    term = add_term(bob_at, "fog", allowed=False, now=now)

    (theirs,) = score(other_workspace, [Item("fog")], now=NOW, model=model)

    assert theirs.denied == ()
    with pytest.raises(NotFound):
        remove_term(
            Access(bob_at.person, other_workspace, bob_at.role, bob_at.rights), term.pk, now=now
        )
    assert Term.objects.filter(pk=term.pk).exists()


@pytest.mark.parametrize(
    ("text", "code"), [(" \u200b", "term_empty"), ("x" * 101, "term_too_long")]
)
def test_what_is_no_term_is_refused(bob_at: Access, text: str, code: str, now: datetime) -> None:
    with pytest.raises(Invalid) as refused:
        add_term(bob_at, text, allowed=False, now=now)

    assert refused.value.code == code
    assert not Term.objects.exists()
    assert not Entry.objects.exists()


def test_who_does_not_answer_people_changes_no_words(ann_at: Access, now: datetime) -> None:
    with pytest.raises(Forbidden):
        add_term(ann_at, "fog", allowed=False, now=now)

    assert not Term.objects.exists()


def test_a_thousand_terms_that_begin_alike_cost_no_more_than_others() -> None:
    """It was one comparison a word and term: two seconds a text."""
    alike = wording.Terms(
        wording.Term(new_id(), ("a", f"w{n}"), allowed=False) for n in range(1_000)
    )
    begun = perf_counter()

    found = alike.look("a " * 9_990 + "w999")

    assert len(found.denied) == 1
    assert perf_counter() - begun < 0.5
