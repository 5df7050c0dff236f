"""The asking loop and a model of this machine: asked for what is unsure, once, and never in the way."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
import pytest_django
from tests.people import make_member, make_person, make_workspace

from breakwater.core import clock
from breakwater.domain.scoring.scores import Band, Head, Item
from breakwater.domain.timings import Timings
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import Access, access
from breakwater.scorers import onnx
from breakwater.scoring.models import OpinionDay, OpinionSetup, SecondOpinion
from breakwater.scoring.services import score
from breakwater.scoring.services.setups import Wish, set_up
from breakwater.scoring.tests import tiny
from breakwater.scoring.tests.conftest import Counting
from breakwater.scoring.verdicts import Opinion, Stage, Verdict
from breakwater.workers.opinions import OpinionLoop

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
UNSURE = "you fool"
"""0.6 for the model of the tests; far above for the tiny one."""
KIND = "a fool but kind"
"""The same for the model of the tests; the tiny one says 0.27."""


@pytest.fixture
def home(settings: pytest_django.Settings, tmp_path: Path) -> Path:
    onnx._kept.clear()
    settings.SEALING_KEYS, settings.MODELS = tmp_path / "keys", tmp_path / "models"
    return tmp_path / "models"


@pytest.fixture
def mia(home: Path) -> Access:
    tiny.folder_of(home)
    workspace = make_workspace("Harbour")
    make_member(workspace, person := make_person("mia"), Role.MANAGER)
    by = access(person, workspace.slug, Right.SEE)
    set_up(by, Wish(scorer="onnx", values={"folder": "tiny"}), now=clock.now())
    return by


def _score(mia: Access, *texts: str) -> list[Verdict]:
    items = [Item(text) for text in texts]
    return score(mia.workspace, items, now=clock.now(), model=Counting())


def _turns(times: int, before: Callable[[], object] = lambda: None) -> None:
    async def turned() -> None:
        loop = OpinionLoop(timings=Timings())
        await loop._desk(before)
        for _ in range(times):
            await loop.guarded_turn()
        await loop._desk.close()

    asyncio.run(turned())


def test_what_is_unsure_is_asked_once_for_all_and_kept(mia: Access) -> None:
    _turns(3, lambda: _score(mia, UNSURE, KIND, "swine", "good day"))

    worse, better, sure, clear = _score(mia, UNSURE, KIND, "swine", "good day")

    assert worse.score.chances[Head.ABUSIVE] == 0.75
    assert (better.score.chances[Head.ABUSIVE], better.band, better.stage) == (
        0.35, Band.CLEAR, Stage.OPINION,
    )  # fmt: skip
    assert (sure.band, sure.opinion) == (Band.HELD, Opinion.NOT_ASKED)
    assert clear.opinion is Opinion.NOT_ASKED
    assert (OpinionDay.objects.get().calls, OpinionDay.objects.get().texts) == (1, 2)
    assert {row.sealed for row in SecondOpinion.objects.all()} == {None}


@pytest.mark.parametrize(
    ("spoil", "trouble"),
    [
        (lambda folder: (folder / "model.onnx").unlink(), "scorer_no_model"),
        (lambda folder: (folder / "model.onnx").write_bytes(b"none"), "scorer_model"),
        (lambda folder: (folder / "breakwater.json").write_text("{}"), "scorer_mapping"),
    ],
)
def test_its_failure_changes_nothing_and_says_what_is_missing(
    mia: Access, home: Path, spoil: Callable[[Path], object], trouble: str
) -> None:
    spoil(home / "tiny")
    _turns(3, lambda: _score(mia, UNSURE))

    (verdict,) = _score(mia, UNSURE)

    assert (verdict.band, verdict.stage, verdict.opinion) == (
        Band.VEILED, Stage.MODEL, Opinion.WAITING,
    )  # fmt: skip
    assert verdict.score.chances[Head.ABUSIVE] == 0.6
    assert (OpinionSetup.objects.get().trouble, OpinionDay.objects.get().calls) == (trouble, 1)
