"""The capability page is true for every line: a test shows each `yes`, `plan` and `probe`.

A line is shown by the checks that `SHOWS` names for it. `tests/standins/base/conforming.conforms`
lets none of them be skipped but by name in `ELSEWHERE`, with another test that shows the line.
A `no` is shown by `declaring.says_unsupported_for_what_the_manifest_denies`.
"""

import ast
import asyncio
import importlib.metadata
import re
from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from unittest import SkipTest

import pytest
from django.utils import translation

from breakwater.networks.base import Can, Manifest, Network
from breakwater.networks.conformance import CHECKS, SHOWS, Denied, Subject
from breakwater.web.manifest_words import abilities
from tests.standins.base.conforming import conforms
from tests.standins.base.elsewhere import ELSEWHERE, Elsewhere

ROOT = Path(__file__).resolve().parents[1]
SUITES = (
    *(ROOT / "tests/standins").glob("*/test_conforming.py"),
    *(ROOT / "src/breakwater/networks").glob("*/tests/test_conforming.py"),
)
"""Where the checks are asked, in a folder of the network's name."""

_LANGUAGES = {"en": ".md", "fr": ".fr.md"}


def _installed() -> dict[str, Manifest]:
    """Our own networks, as the product finds them."""
    found: dict[str, Manifest] = {}
    for point in importlib.metadata.entry_points(group="breakwater.networks"):
        if point.dist is not None and point.dist.name == "breakwater":
            network: Network = point.load()(ROOT / "build")
            found[point.name] = network.manifest
    return found


MANIFESTS = _installed()
LINES = [
    pytest.param(slug, can, id=f"{slug}-{can.value}")
    for slug, manifest in sorted(MANIFESTS.items())
    for can in Can
    if manifest.allows(can)
]


@pytest.mark.parametrize(("slug", "can"), LINES)
def test_each_line_that_is_not_a_no_is_shown(slug: str, can: Can) -> None:
    elsewhere = ELSEWHERE.get(slug, {})

    shown = [check.__name__ for check in SHOWS[can] if check.__name__ not in elsewhere]
    instead = [row.test for name, row in elsewhere.items() if name in _names(can)]

    assert shown or all(instead), f"nothing shows that {slug} can {can.value}"
    assert all(_is_a_test(test) for test in instead if test), f"no such test: {instead}"


@pytest.mark.parametrize("slug", sorted(MANIFESTS))
def test_each_network_is_asked_every_check(slug: str) -> None:
    suites = [path for path in SUITES if slug in (path.parts[-2], path.parts[-3])]

    assert len(suites) == 1, f"{slug} has {len(suites)} suites"
    text = suites[0].read_text("utf-8")
    assert 'parametrize("check", CHECKS' in text
    assert re.search(r"\b(?:passes\(|await conforms\()", text), (
        "skips are not held against the list"
    )


def test_every_capability_has_a_check_that_is_asked() -> None:
    assert set(SHOWS) == set(Can)
    assert all(SHOWS.values())
    assert {check for checks in SHOWS.values() for check in checks} <= set(CHECKS)


def test_exceptions_are_of_checks_and_networks_that_are_there() -> None:
    """Whether they are needed is seen when the checks run."""
    names = {check.__name__ for check in CHECKS}
    shows = {check.__name__ for checks in SHOWS.values() for check in checks}

    assert set(ELSEWHERE) <= set(MANIFESTS)
    for slug, rows in ELSEWHERE.items():
        assert set(rows) <= names, f"{slug}: no such check"
        assert all(row.why for row in rows.values()), f"{slug}: why?"
        assert all(rows[name].test for name in set(rows) & shows), f"{slug}: shown where?"


def test_a_line_that_nothing_shows_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    gap: Mapping[str, Mapping[str, Elsewhere]] = {
        "x": {"unfollows_twice_without_harm": Elsewhere("Because.")},
        "youtube": {"unfollows_twice_without_harm": Elsewhere("Because.", "tests/no.py::test_it")},
    }
    monkeypatch.setattr("tests.test_capability_lines.ELSEWHERE", gap)

    for slug in gap:
        with pytest.raises(AssertionError):
            test_each_line_that_is_not_a_no_is_shown(slug, Can.UNFOLLOW)


@pytest.mark.parametrize(
    ("ends", "named", "then"),
    [
        (None, False, None),
        (Denied("the manifest says no"), False, Denied),
        (SkipTest("no such order"), True, SkipTest),
        (SkipTest("no such order"), False, AssertionError),
        (Denied("the manifest says no"), True, AssertionError),
        (None, True, AssertionError),
    ],
)
def test_a_check_is_skipped_by_a_no_or_by_name_alone(
    ends: Exception | None, named: bool, then: type[Exception] | None
) -> None:
    async def check(subject: Subject) -> None:
        if ends is not None:
            raise ends

    elsewhere = {"check": Elsewhere("Because.")} if named else {}
    subject = Subject(MANIFESTS["x"], connect=lambda kit: pytest.fail(f"opened with {kit}"))

    with pytest.raises(then) if then else nullcontext():
        asyncio.run(conforms(check, subject, elsewhere))


@pytest.mark.parametrize("language", _LANGUAGES)
@pytest.mark.parametrize("slug", sorted(MANIFESTS))
def test_each_page_has_one_row_for_each_capability(slug: str, language: str) -> None:
    manifest = MANIFESTS[slug]
    page = (ROOT / "docs/networks" / f"{slug}{_LANGUAGES[language]}").read_text("utf-8")
    with translation.override(language):
        wanted = {(str(one.what), str(one.answer)) for one in abilities(manifest)}

    rows = re.findall(r"^\| (.+?) \| (.+?) \|", page, re.MULTILINE)

    assert len(wanted) == len(Can)
    whats = {what for what, _ in wanted}
    assert sorted(row for row in rows if row[0] in whats) == sorted(wanted)


def _names(can: Can) -> set[str]:
    return {check.__name__ for check in SHOWS[can]}


def _is_a_test(name: str) -> bool:
    """`path::function`, and the function is in that file."""
    path, _, function = name.partition("::")
    if not (ROOT / path).is_file() or not function.startswith("test_"):
        return False
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return any(isinstance(one, ast.FunctionDef) and one.name == function for one in tree.body)
