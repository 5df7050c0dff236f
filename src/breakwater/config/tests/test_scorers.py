"""Plug-ins are found, and a broken one is reported and skipped."""

from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from importlib.metadata import EntryPoint, EntryPoints

import pytest

from breakwater.config import checks
from breakwater.core import clock
from breakwater.scorers import chat
from breakwater.scorers.base import Plugin
from breakwater.scoring.installed import broken, plugins


def spaced() -> Plugin:
    """Its page would have no address."""
    return replace(chat.build(), id="my scorer")


def versed() -> Plugin:
    """PostgreSQL would refuse what is kept under it."""
    return replace(chat.build(), id="versed", version="1" * 33)


@pytest.fixture
def _strange(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Beside ours: one that cannot be imported, one that is none, one that is there
    twice, and those whose names do not fit."""
    group = "breakwater.scorers"
    registry = import_module("breakwater.scorers.registry")
    points = EntryPoints(
        [
            EntryPoint("chat", "breakwater.scorers.chat:build", group),
            EntryPoint("again", "breakwater.scorers.chat:build", group),
            EntryPoint("gone", "breakwater_nowhere:build", group),
            EntryPoint("none", "builtins:dict", group),
            EntryPoint("spaced", f"{__name__}:spaced", group),
            EntryPoint("versed", f"{__name__}:versed", group),
        ]
    )
    monkeypatch.setattr(registry, "entry_points", lambda group: points.select(group=group))
    registry.load.cache_clear()
    yield
    registry.load.cache_clear()


@pytest.mark.usefixtures("_strange")
def test_a_broken_plug_in_is_skipped_and_the_others_work() -> None:
    assert set(plugins()) == {"chat"}
    assert [(one.name, one.why.split(":")[0]) for one in broken()] == [
        ("chat", "ValueError"),
        ("gone", "ModuleNotFoundError"),
        ("none", "TypeError"),
        ("spaced", "ValueError"),
        ("versed", "ValueError"),
    ]


@pytest.mark.usefixtures("_strange")
@pytest.mark.django_db
def test_the_checks_say_so() -> None:
    found = {one.what: one for one in checks.everything(clock.now)}

    assert found["scorers"].seen == "chat"
    assert "did not load and is skipped" in found["scorer gone"].mend
