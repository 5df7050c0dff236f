"""The scorer is tried, corrected and told a workspace's words; it says why without the text."""

from dataclasses import replace
from datetime import timedelta

import pytest
import pytest_django
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from breakwater.core import clock
from breakwater.domain.scoring.scores import Band, Head, Score, Span
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import access
from breakwater.scoring.models import Correction, KeptText, Move, OpinionSetup, SecondOpinion, Term
from breakwater.scoring.services import correct
from breakwater.scoring.services.setups import opened
from breakwater.scoring.verdicts import Opinion, Stage, Verdict
from breakwater.web.scoring_words import pieces, shown
from breakwater.web.tests.quay import at_desk, member, told

pytestmark = pytest.mark.django_db
PAGE = "/w/harbour/scoring/"
TERMS, THRESHOLDS = f"{PAGE}terms/", f"{PAGE}thresholds/"
RUDE = "You idiot"


@pytest.fixture(autouse=True)
def _keys(settings: pytest_django.Settings, tmp_path: object) -> None:
    settings.SEALING_KEYS = tmp_path


@pytest.fixture
def mia(harbour_workspace: Workspace) -> Person:
    """Manages."""
    return member(harbour_workspace, Role.MANAGER, name="mia")


def _said(client: Client, text: str) -> str:
    answer = client.post(PAGE, {"text": text})
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_text_is_scored_in_plain_words_and_nothing_is_kept(bob: Person, mia: Person) -> None:
    client = at_desk(mia)

    kind, rude, strange = (_said(client, text) for text in ("Thank you!", RUDE, "12 34"))

    assert "Nothing in it is likely to hurt who reads it." in kind
    assert "<mark>" not in kind
    assert "It probably has:" in rude
    assert "<mark>" in rude
    assert rude.index("<details") < rude.index("<mark>")
    assert "What it says" in strange
    assert not Correction.objects.exists()


def test_what_a_rude_question_wants_is_said_as_the_inbox_takes_it(mia: Person) -> None:
    page = _said(at_desk(mia), "Vous êtes nuls, mais où est mon colis ?")

    assert "to ask something" in page
    assert "nothing in particular" not in page


@pytest.mark.parametrize(
    ("text", "would"),
    [
        ("You idiots.", "It would be put aside: nobody needs to read it now."),
        (
            "You idiots, where is my parcel?",
            "It would be out of sight at every level of the shield, and stay under “What needs you”.",
        ),
    ],
)
def test_an_insult_that_is_held_does_not_make_the_question_beside_it_go_away(
    text: str, would: str
) -> None:
    chances = {Head.INSULT: 0.99, Head.ABUSIVE: 0.99, Head.QUESTION: 0.06}
    score = Score("m-1", "en", chances, Band.HELD)

    assert shown(Verdict(score, Band.HELD, Stage.MODEL, (Head.INSULT,)), text).would == would


def test_a_language_that_can_be_told_is_not_said_to_be_untold(mia: Person) -> None:
    client = at_desk(mia)

    dutch = _said(client, "Waar blijft mijn pakket? Ik wacht al drie weken op antwoord van jullie")
    russian = _said(client, "Где моя посылка, уже неделя прошла")

    assert "another one (nl)" in dutch
    assert "cannot be told" in russian


def test_a_threshold_is_named_where_it_is_said_to_be(mia: Person) -> None:
    page = at_desk(mia).get(THRESHOLDS).content.decode()

    assert page.count("Threshold: where the model puts it") == 5


def test_what_is_typed_is_shown_as_typed_and_never_run(mia: Person) -> None:
    page = _said(at_desk(mia), "<script>alert(1)</script> idiot")

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_text_that_is_too_long_or_none_is_refused_with_a_sentence(mia: Person) -> None:
    client = at_desk(mia)

    assert client.post(PAGE, {"text": "x" * 5001}).status_code == 400
    assert client.post(PAGE, {"text": ""}).status_code == 400


def test_it_is_said_to_be_wrong_with_and_without_the_text(mia: Person) -> None:
    client = at_desk(mia)

    said = told(client, f"{PAGE}correct/", {"text": RUDE, "should": "show"})
    told(client, f"{PAGE}correct/", {"text": "Good day", "should": "threat", "consent": "on"})
    again = client.post(f"{PAGE}correct/", {"text": RUDE, "should": "nonsense"})

    assert "Thank you. What you said is kept." in said
    assert set(Correction.objects.values_list("should", flat=True)) == {True, False}
    assert KeptText.objects.get().correction.head == "threat"
    assert again.status_code == 400
    assert "idiot" not in said


def test_the_text_of_a_correction_is_forgotten(mia: Person) -> None:
    client = at_desk(mia)
    told(client, f"{PAGE}correct/", {"text": "Good day", "should": "threat", "consent": "on"})
    export = client.get(f"{THRESHOLDS}export/").content.decode()

    page = told(client, f"{THRESHOLDS}{Correction.objects.get().pk}/forget/")

    assert '"text": "Good day"' in export
    assert "The text is gone." in page
    assert client.get(f"{THRESHOLDS}export/").content == b""
    assert Correction.objects.count() == 1


def test_words_are_added_shown_on_demand_and_removed(mia: Person) -> None:
    client = at_desk(mia)

    told(client, f"{TERMS}add/", {"text": "Rotten fish", "effect": "deny"})
    page = told(client, f"{TERMS}add/", {"text": "Black Sole", "effect": "allow"})
    veiled = _said(client, "rotten FISH")
    wrong = client.post(f"{TERMS}add/", {"text": "\u200b", "effect": "deny"})
    told(client, f"{TERMS}{Term.objects.get(allowed=False).pk}/remove/")

    assert page.index("Show 1 word") < page.index("Rotten fish")
    assert "<q>Black Sole</q>" in page
    assert "never shown unasked" in veiled
    assert wrong.status_code == 400
    assert [row.typed for row in Term.objects.all()] == ["Black Sole"]


def test_a_threshold_is_moved_as_proposed_and_taken_back(mia: Person) -> None:
    by = access(mia, "harbour", Right.SEE)
    for n in range(10):
        now = clock.now() + timedelta(seconds=n)
        correct(by, f"good morning {n}", should=True, head=Head.INSULT, now=now)
    client = at_desk(mia)

    before = client.get(THRESHOLDS).content.decode()
    moved = told(client, f"{THRESHOLDS}move/", {"head": "insult", "to": "-0.050"})
    again = client.post(f"{THRESHOLDS}move/", {"head": "insult", "to": "-0.050"})
    back = told(client, f"{THRESHOLDS}back/", {"head": "insult"})

    assert "Proposed: 5 points lower: more is veiled" in before
    assert "5 points lower: more is veiled" in moved
    assert "Proposed" not in moved
    assert again.status_code == 409
    assert "Taken back." in back
    assert Move.objects.count() == 2


@pytest.mark.parametrize(
    "typed", [{}, {"head": "insult", "to": "much"}, {"head": "nothing", "to": "0.05"},
              {"head": "insult", "to": "nan"}],
)  # fmt: skip
def test_what_is_no_move_moves_nothing(mia: Person, typed: dict[str, str]) -> None:
    assert at_desk(mia).post(f"{THRESHOLDS}move/", typed).status_code in (400, 409)

    assert not Move.objects.exists()


def test_who_only_sees_finds_nothing_to_change(harbour_workspace: Workspace) -> None:
    client = at_desk(member(harbour_workspace, Role.VIEWER))

    assert "This is wrong" not in _said(client, RUDE)
    for page in (TERMS, THRESHOLDS):
        assert (
            "csrfmiddlewaretoken"
            not in client.get(page).content.decode().split("<main")[1].split("</main")[0]
        )


def test_pages_cost_few_queries(
    mia: Person, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = at_desk(mia)
    _said(client, RUDE)
    for n in range(5):
        told(client, f"{TERMS}add/", {"text": f"word {n}", "effect": "deny"})

    with django_assert_max_num_queries(6):
        client.get(PAGE)
    with django_assert_max_num_queries(10):
        _said(client, RUDE)
    with django_assert_max_num_queries(7):
        _said(client, RUDE)
    with django_assert_max_num_queries(7):
        client.get(TERMS)
    with django_assert_max_num_queries(10):
        client.get(THRESHOLDS)


def test_marks_cover_the_spans_whatever_their_order() -> None:
    spans = [
        Span(4, 9, Head.INSULT, 0.5),
        Span(0, 2, Head.INSULT, 0.5),
        Span(1, 3, Head.ABUSIVE, 1),
    ]

    parts = pieces("abcd idiot!", spans)

    assert "".join(part.text for part in parts) == "abcd idiot!"
    assert [part.text for part in parts if part.marked] == ["ab", "c", " idio"]
    assert pieces("abc", []) == []


OPINION = f"{PAGE}opinion/"
TYPED = {
    "address": "https://api.example/v1", "key": "sk-kelp", "model": "kelp-1", "low": "0.4",
    "high": "0.7", "daily": "20", "most": "8", "price": "0.5",
}  # fmt: skip


def test_a_second_opinion_is_chosen_set_up_changed_and_switched_off(mia: Person) -> None:
    client = at_desk(mia)

    before = client.get(OPINION).content.decode()
    form = client.get(f"{OPINION}moderation/").content.decode()
    after = told(client, f"{OPINION}moderation/", TYPED)
    change = client.get(f"{OPINION}moderation/").content.decode()
    told(client, f"{OPINION}moderation/", {**TYPED, "key": "", "daily": "30"})
    kept = opened(OpinionSetup.objects.get())
    off = told(client, f"{OPINION}off/")

    assert "Nobody is asked" in before
    assert "leave this machine" in form
    assert "0 of 20 calls" in after
    assert "sk-kelp" not in after + change
    assert 'value="https://api.example/v1"' in change
    assert kept["key"] == "sk-kelp"
    assert "The key is forgotten." in off
    assert not OpinionSetup.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"low": "0.1"}, {"address": "http://api.example"}, {"model": ""}, {"daily": "0"},
              {"low": "0.7", "high": "0.4"}],
)  # fmt: skip
def test_what_is_wrong_with_it_is_said_and_nothing_is_set_up(
    mia: Person, wrong: dict[str, str]
) -> None:
    answer = at_desk(mia).post(f"{OPINION}chat/", {**TYPED, **wrong})

    assert answer.status_code == 400
    assert 'class="field-error"' in answer.content.decode()
    assert not OpinionSetup.objects.exists()


def test_an_unsure_score_says_that_somebody_else_is_asked() -> None:
    verdict = Verdict(Score("m-1", "en", {Head.ABUSIVE: 0.5}), Band.CLEAR, Stage.MODEL)

    waiting = shown(replace(verdict, opinion=Opinion.WAITING), "meh")
    given = shown(replace(verdict, opinion=Opinion.GIVEN), "meh")

    assert "waits for a second opinion" in str(waiting.opinion)
    assert "taken into account" in str(given.opinion)


def test_a_text_that_is_tried_is_handed_to_nobody(mia: Person) -> None:
    client = at_desk(mia)
    told(client, f"{OPINION}chat/", {**TYPED, "low": "0.35", "high": "0.75"})

    for text in ("You moron", "Perhaps not so clever", "What a strange idea"):
        _said(client, text)

    assert not SecondOpinion.objects.exists()
