"""The asking loop against a real server: asked once, kept, budgeted, given up, never in the way."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
import pytest_django
from django.db import connection
from tests.people import make_member, make_person, make_workspace

from breakwater.core import clock, http
from breakwater.domain.scoring.scores import Band, Head, Item
from breakwater.domain.timings import Timings
from breakwater.people.models import Workspace
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import Access, access
from breakwater.scorers.base import Answer, Kit
from breakwater.scoring.models import OpinionDay, OpinionSetup, SecondOpinion
from breakwater.scoring.services import opinions, score
from breakwater.scoring.services.setups import Wish, set_up, switch_off
from breakwater.scoring.tests.conftest import Counting
from breakwater.scoring.tests.standin import Reply, StandIn, moderated, rated, standing_in
from breakwater.scoring.texts import hash_of
from breakwater.scoring.verdicts import Opinion, Stage, Verdict
from breakwater.workers.opinions import OpinionLoop

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
UNSURE = "you fool"
"""0.6 for the model of the tests: veiled, and not sure of it."""
Answering = Callable[[str, dict[str, Any]], Reply]


@pytest.fixture(autouse=True)
def _keys(settings: pytest_django.Settings, tmp_path: Path) -> None:
    settings.SEALING_KEYS = tmp_path


@pytest.fixture
def mia() -> Access:
    workspace = make_workspace("Harbour")
    make_member(workspace, person := make_person("mia"), Role.MANAGER)
    return access(person, workspace.slug, Right.SEE)


def _score(workspace: Workspace, *texts: str, now: datetime | None = None) -> list[Verdict]:
    items = [Item(text) for text in texts]
    return score(workspace, items, now=now or clock.now(), model=Counting())


def _turns(
    mia: Access, reply: Answering, settings: pytest_django.Settings, *,
    times: int = 1, before: Callable[[], object] = lambda: None, deadline_s: float = 5, **wish: Any,
) -> StandIn:  # fmt: skip
    """The loop makes so many turns while the server answers."""

    async def turned() -> StandIn:
        async with standing_in(reply) as server:
            settings.ALLOWED_ORIGINS = frozenset({server.origin})
            values = {"address": server.address, "key": "sk-kelp", "model": "m"}
            loop = OpinionLoop(timings=Timings(), deadline_s=deadline_s)
            wanted = {"scorer": "chat", **wish}
            await loop._desk(lambda: set_up(mia, Wish(values=values, **wanted), now=clock.now()))
            await loop._desk(before)
            for _ in range(times):
                await loop.guarded_turn()
            await loop._desk.close()
            return server

    return asyncio.run(turned())


def test_what_the_model_is_unsure_of_is_asked_once_and_moves_the_band(
    mia: Access, settings: pytest_django.Settings
) -> None:
    first: list[Verdict] = []
    server = _turns(
        mia, lambda *_: rated(abusive=0.0), settings, times=3,
        before=lambda: first.extend(_score(mia.workspace, UNSURE, "swine", "good day", UNSURE)),
    )  # fmt: skip

    (after, sure) = _score(mia.workspace, UNSURE, "swine")

    assert [one.opinion for one in first] == [
        Opinion.WAITING, Opinion.NOT_ASKED, Opinion.NOT_ASKED, Opinion.WAITING,
    ]  # fmt: skip
    assert first[0].band is Band.VEILED
    assert len(server.asked) == 1
    assert (after.band, after.stage, after.opinion) == (Band.CLEAR, Stage.OPINION, Opinion.GIVEN)
    assert after.score.chances[Head.ABUSIVE] == 0.35
    assert (sure.band, sure.stage) == (Band.HELD, Stage.MODEL)
    row = SecondOpinion.objects.get()
    assert (row.state, row.sealed, row.tries) == ("given", None, 1)
    assert (OpinionDay.objects.get().calls, OpinionDay.objects.get().texts) == (1, 1)


def test_the_text_is_sealed_while_it_waits(mia: Access, settings: pytest_django.Settings) -> None:
    _turns(mia, lambda *_: rated(), settings, times=0, before=lambda: _score(mia.workspace, UNSURE))

    row = SecondOpinion.objects.get()

    assert row.state == "waiting"
    assert b"fool" not in bytes(row.sealed or b"")
    assert "fool" not in str(vars(row))


def test_several_texts_go_in_one_call_where_that_is_safe(
    mia: Access, settings: pytest_django.Settings
) -> None:
    texts = [f"{UNSURE} {n}" for n in range(5)]
    server = _turns(
        mia, lambda _p, asked: moderated(*[{"harassment": 0.7}] * len(asked["input"])), settings,
        scorer="moderation", before=lambda: _score(mia.workspace, *texts),
    )  # fmt: skip

    assert [sorted(question["input"]) for _, question, _ in server.asked] == [texts]
    assert {one.opinion for one in _score(mia.workspace, *texts)} == {Opinion.GIVEN}


@pytest.mark.parametrize(
    ("reply", "trouble"),
    [((503, {}), "scorer_later"), ((401, {}), "scorer_key"), ((404, {}), "scorer_refused"),
     ((0, {}), "scorer_silent")],
)  # fmt: skip
def test_a_failure_changes_nothing_and_is_waited_out(
    mia: Access, settings: pytest_django.Settings, reply: Reply, trouble: str
) -> None:
    server = _turns(
        mia, lambda *_: reply, settings, times=3, deadline_s=0.3,
        before=lambda: _score(mia.workspace, UNSURE),
    )  # fmt: skip

    (one,) = _score(mia.workspace, UNSURE)
    setup = OpinionSetup.objects.get()

    assert len(server.asked) == 1
    assert (one.band, one.stage, one.opinion) == (Band.VEILED, Stage.MODEL, Opinion.WAITING)
    assert (setup.trouble, setup.failures) == (trouble, 1)
    assert setup.next_at > clock.now() + timedelta(seconds=20)


def test_an_answer_out_of_its_form_says_nothing_and_is_not_asked_again(
    mia: Access, settings: pytest_django.Settings
) -> None:
    server = _turns(
        mia, lambda *_: (200, {"choices": [{"message": {"content": "score 0"},
                                            "finish_reason": "stop"}]}),
        settings, times=3, before=lambda: _score(mia.workspace, UNSURE),
    )  # fmt: skip

    (one,) = _score(mia.workspace, UNSURE)

    assert len(server.asked) == 1
    assert (one.band, one.opinion) == (Band.VEILED, Opinion.NONE)
    assert SecondOpinion.objects.get().sealed is None


def test_a_days_budget_ends_the_calls_of_the_day(
    mia: Access, settings: pytest_django.Settings
) -> None:
    server = _turns(
        mia, lambda *_: rated(abusive=0.7), settings, times=5, daily=2,
        before=lambda: _score(mia.workspace, *(f"{UNSURE} {n}" for n in range(4))),
    )  # fmt: skip

    assert len(server.asked) == 2
    assert SecondOpinion.objects.filter(state="waiting").count() == 2
    setup = OpinionSetup.objects.get()
    assert setup.trouble == "budget_used"
    assert setup.next_at.date() == clock.now().date() + timedelta(days=1)


def test_a_worker_that_was_killed_at_its_call_costs_one_more_call(
    mia: Access, settings: pytest_django.Settings
) -> None:
    now = clock.now() + timedelta(seconds=5)

    def killed() -> None:
        _score(mia.workspace, UNSURE, now=now)
        (gone,) = opinions.lease(limit=4, now=now)
        assert opinions.lease(limit=4, now=now) == []
        assert gone.rows[0].tries == 1

    server = _turns(mia, lambda *_: rated(abusive=0.7), settings, before=killed)
    assert server.asked == []
    later = now + opinions.LEASE + timedelta(seconds=1)
    (batch,) = opinions.lease(limit=4, now=later)
    opinions.answered(batch, [{Head.ABUSIVE: 0.7}], now=later)

    assert OpinionDay.objects.get(day=now.date()).calls >= 1
    row = SecondOpinion.objects.get()
    assert (row.state, row.tries, row.answer) == ("given", 2, {"abusive": 0.7})


def test_two_who_answer_the_same_text_leave_the_first_answer(
    mia: Access, settings: pytest_django.Settings
) -> None:
    now = clock.now() + timedelta(seconds=5)
    _turns(mia, lambda *_: rated(), settings, times=0,
           before=lambda: _score(mia.workspace, UNSURE, now=now))  # fmt: skip
    (slow,) = opinions.lease(limit=4, now=now)
    later = now + opinions.LEASE + timedelta(seconds=1)
    (fast,) = opinions.lease(limit=4, now=later)

    opinions.answered(fast, [{Head.ABUSIVE: 0.4}], now=later)
    opinions.answered(slow, [{Head.ABUSIVE: 0.7}], now=later)
    opinions.failed(slow, "scorer_later", now=later)

    assert SecondOpinion.objects.get().answer == {"abusive": 0.4}


def test_what_fails_again_and_again_is_given_up_and_its_text_gone(
    mia: Access, settings: pytest_django.Settings
) -> None:
    now = clock.now() + timedelta(seconds=5)
    _turns(mia, lambda *_: rated(), settings, times=0,
           before=lambda: _score(mia.workspace, UNSURE, now=now))  # fmt: skip
    for n in range(opinions.MOST_TRIES):
        at = now + n * timedelta(hours=2)
        (batch,) = opinions.lease(limit=4, now=at)
        opinions.failed(batch, "scorer_later", now=at)

    row = SecondOpinion.objects.get()

    assert (row.state, row.sealed) == ("none", None)
    assert opinions.lease(limit=4, now=now + timedelta(days=1)) == []


def test_switched_off_nothing_waits_and_no_text_is_kept(
    mia: Access, settings: pytest_django.Settings
) -> None:
    _turns(mia, lambda *_: rated(), settings, times=0,
           before=lambda: _score(mia.workspace, UNSURE))  # fmt: skip
    switch_off(mia, now=clock.now())
    opinions.sweep(now=clock.now())

    assert SecondOpinion.objects.get().sealed is None
    assert _score(mia.workspace, UNSURE)[0].opinion is Opinion.NOT_ASKED


def test_answers_are_forgotten_and_what_waits_too_long_is_given_up(
    mia: Access, settings: pytest_django.Settings
) -> None:
    now = clock.now() + timedelta(seconds=5)
    _turns(mia, lambda *_: rated(), settings, times=0,
           before=lambda: _score(mia.workspace, UNSURE, now=now))  # fmt: skip

    opinions.sweep(now=now + opinions.WAITS_AT_MOST + timedelta(minutes=1))
    given_up = SecondOpinion.objects.get()
    opinions.sweep(now=now + timedelta(days=40))

    assert (given_up.state, given_up.sealed) == ("none", None)
    assert not SecondOpinion.objects.exists()


def test_a_plug_in_that_breaks_keeps_nobody_from_being_answered(
    mia: Access, settings: pytest_django.Settings, caplog: pytest.LogCaptureFixture
) -> None:
    _turns(
        mia, lambda *_: (200, b"\xff"), settings, scorer="moderation",
        before=lambda: _score(mia.workspace, UNSURE),
    )  # fmt: skip

    assert OpinionSetup.objects.get().failures == 1
    assert "fool" not in caplog.text
    assert connection.connection is not None


def test_what_a_plug_in_says_of_kinds_that_there_are_none_of_counts_for_nothing(
    mia: Access, settings: pytest_django.Settings
) -> None:
    async def ask(_kit: Kit, _batch: Sequence[Item]) -> Sequence[Answer]:
        return [cast("Answer", {"toxicity": 0.5, "abusive": 0.4, Head.DANGER: 0.0})]

    now = clock.now() + timedelta(seconds=5)
    _turns(mia, lambda *_: rated(), settings, times=0,
           before=lambda: _score(mia.workspace, UNSURE, now=now))  # fmt: skip
    (batch,) = opinions.lease(limit=4, now=now)
    strange = replace(batch, plugin=replace(batch.plugin, ask=ask))

    async def asked() -> None:
        loop = OpinionLoop(timings=Timings())
        async with http.client() as client:
            await loop._ask(strange, client)
        await loop._desk.close()

    asyncio.run(asked())

    assert SecondOpinion.objects.get().answer == {"abusive": 0.4}
    assert _score(mia.workspace, UNSURE)[0].opinion is Opinion.GIVEN


def test_an_answer_that_names_no_kind_we_know_moves_nothing(
    mia: Access, settings: pytest_django.Settings
) -> None:
    _turns(mia, lambda *_: rated(), settings, times=0,
           before=lambda: _score(mia.workspace, UNSURE))  # fmt: skip
    SecondOpinion.objects.update(state="given", sealed=None, answer={"toxicity": 0.0})

    (verdict,) = _score(mia.workspace, UNSURE)

    assert (verdict.opinion, verdict.band) == (Opinion.GIVEN, Band.VEILED)


def test_of_a_long_text_its_end_is_asked_about_too_as_the_model_read_it(
    mia: Access, settings: pytest_django.Settings
) -> None:
    server = _turns(
        mia, lambda *_: rated(abusive=0.4), settings,
        before=lambda: _score(mia.workspace, f"{'good day ' * 1_000}you fool"),
    )  # fmt: skip

    ((_, question, _),) = server.asked
    said = question["messages"][1]["content"]
    assert said.endswith('you fool"}')
    assert len(said) < 4_100


def test_workspaces_take_turns_however_much_one_has_to_ask(
    mia: Access, settings: pytest_django.Settings
) -> None:
    now = clock.now() + timedelta(seconds=5)
    make_member(other := make_workspace("Pier"), mia.person, Role.MANAGER)
    pier = access(mia.person, other.slug, Right.SEE)
    for here in (mia, pier):
        _turns(here, lambda *_: rated(), settings, times=0, before=lambda: None)
        _score(here.workspace, UNSURE, "meh", "a fool", now=now)

    asked = [
        batch.setup.workspace_id
        for n in range(4)
        for batch in opinions.lease(limit=1, now=now + timedelta(seconds=n))
    ]

    assert asked == [mia.workspace.pk, other.pk, mia.workspace.pk, other.pk]


def test_what_another_model_said_counts_no_longer_and_another_key_changes_nothing(
    mia: Access, settings: pytest_django.Settings
) -> None:
    values = {"address": "https://scorer.example/v1", "model": "small", "key": "sk-kelp"}
    set_up(mia, Wish(scorer="chat", values=values), now=clock.now())
    _score(mia.workspace, UNSURE, "meh")
    SecondOpinion.objects.filter(text_hash=hash_of(mia.workspace.pk, UNSURE)).update(
        state="given", sealed=None, answer={"abusive": 0.4}
    )

    set_up(mia, Wish(scorer="chat", values={**values, "key": "sk-other"}), now=clock.now())
    same = _score(mia.workspace, UNSURE)[0].opinion
    set_up(mia, Wish(scorer="chat", values={**values, "model": "large"}), now=clock.now())
    kept = SecondOpinion.objects.values_list("state", flat=True)

    assert same is Opinion.GIVEN
    assert list(kept) == ["waiting"]
    assert _score(mia.workspace, UNSURE)[0].opinion is Opinion.WAITING
