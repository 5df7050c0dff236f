"""docs/architecture.md, held by machines: each rule is asked of the tree and shown a fault."""

import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from tests import rules

ROOT = Path(__file__).resolve().parent.parent
SRC = ROOT / "src" / "breakwater"
EDGES = ("web", "api", "workers")
NETWORKS = sorted(
    p.name
    for p in (SRC / "networks").iterdir()
    if (p / "__init__.py").exists() and p.name not in ("tests", "conformance")
)
AMBIGUOUS = {"sandbox", "threads"}
"""Slugs that are ordinary words too (of security policies, of a series of posts): not looked for in
pages, and let be in a text of several words."""
ALSO_CALLED = {"x": "twitter"}
"""A slug of one letter is in every text: its other name is looked for, and comparisons with it."""
NAMES = sorted(ALSO_CALLED.get(slug, slug) for slug in NETWORKS)
OWN_MOMENT = {"channels/doors.py", "channels/kits.py"}
"""A lease on a refresh is counted when it is tried, and a call when it is made: both may be long
after the deed that they belong to began."""


def _product() -> Iterator[Path]:
    for path in sorted(SRC.rglob("*.py")):
        if not {"tests", "migrations"} & set(path.relative_to(SRC).parts):
            yield path


def _package(path: Path) -> str:
    return path.relative_to(SRC).parts[0]


def _faults(paths: Iterable[Path], rule: Callable[[str], list[str]]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}: {fault}"
        for path in paths
        for fault in rule(path.read_text(encoding="utf-8"))
    ]


def _pages() -> list[Path]:
    return sorted((SRC / "web" / "templates").rglob("*.html")) + sorted(
        (SRC / "web" / "templates").rglob("*.txt")
    )


def _pyproject() -> str:
    return (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_foreign_keys_point_down() -> None:
    layers = rules.contract_layers(_pyproject())
    keys = [
        (model._meta.app_label, field.related_model._meta.app_label)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model
    ]

    assert len(keys) > 10
    assert rules.keys_pointing_up(keys, layers) == []


def test_only_services_write() -> None:
    readers = [p for p in _product() if _package(p) in EDGES or "selectors" in p.as_posix()]

    assert _faults(readers, rules.writes) == []


def test_edges_leave_managers_alone() -> None:
    assert _faults([p for p in _product() if _package(p) in EDGES], rules.managers) == []


def test_edges_tell_the_post_what_becomes_of_its_deliveries() -> None:
    edges = [p for p in _product() if _package(p) in (*EDGES, "config")]

    assert _faults(edges, rules.passed_by) == []


def test_no_network_is_named_outside_its_folder() -> None:
    others = [
        path for path in _product()
        if not set(path.relative_to(SRC / "networks").parts[:1] if "networks" in path.parts else ())
        & set(NETWORKS)
    ]  # fmt: skip

    assert (
        _faults(others, lambda source: rules.named_networks(source, NAMES, also_words=AMBIGUOUS))
        == []
    )
    assert _faults(others, lambda source: rules.compared_with(source, ALSO_CALLED)) == []


def test_no_page_names_a_network() -> None:
    slugs = sorted(set(NAMES) - AMBIGUOUS)
    pages = [
        *_pages(),
        *sorted((ROOT / "frontend").rglob("*.ts")),
        *sorted((ROOT / "frontend").rglob("*.css")),
    ]

    assert _faults(pages, lambda page: rules.named_networks_in_page(page, slugs)) == []


def test_files_and_functions_are_short() -> None:
    everything = [p for p in SRC.rglob("*.py") if "migrations" not in p.parts]
    everything += (ROOT / "training").rglob("*.py")
    everything += [p for p in (ROOT / "tests").rglob("*.py") if "node_modules" not in p.parts]

    assert _faults(everything, rules.too_long) == []


@pytest.mark.parametrize("slug", NETWORKS)
def test_a_network_has_its_five_files(slug: str) -> None:
    assert rules.missing_files(p.name for p in (SRC / "networks" / slug).iterdir()) == []


def test_nothing_sleeps() -> None:
    assert _faults(_product(), rules.sleeps) == []


def test_only_edges_read_the_clock() -> None:
    below = [
        path
        for path in _product()
        if _package(path) not in (*EDGES, "config", "core")
        and path.relative_to(SRC).as_posix() not in OWN_MOMENT
    ]

    assert _faults(below, rules.reads_clock) == []


def test_dates_are_written_in_one_place() -> None:
    """Else some would miss what Django's formats cannot say (`core.dates`)."""
    past = re.compile(
        r"\b(?:date_format|dateformat|formats\.localize)\b|\{% now\b|\{\{ row\.[^|}]*_(?:at|on) \}\}"
    )
    found = [path for path in [*_product(), *_pages()] if past.search(path.read_text("utf-8"))]

    assert [path.relative_to(SRC).as_posix() for path in found] == ["core/dates.py"]


def test_pages_have_nothing_inline() -> None:
    assert _faults(_pages(), rules.inline) == []


def test_what_is_imported_is_installed_to_run() -> None:
    lock = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    installed = set(re.findall(r"^([a-z0-9._-]+)(?:\[[^]]*\])?==", lock, re.MULTILINE))
    declared = dict.fromkeys((*sys.stdlib_module_names, "breakwater"), True)
    for top, distributions in packages_distributions().items():
        if {name.lower().replace("_", "-") for name in distributions} & installed:
            declared[top] = True
    conformance = SRC / "networks" / "conformance"  # its plugin is pytest's, for tests alone

    paths = [path for path in _product() if conformance not in path.parents]
    assert _faults(paths, lambda source: rules.undeclared(source, declared)) == []


def test_no_file_is_a_bag() -> None:
    assert rules.bags(p.relative_to(SRC).as_posix() for p in _product()) == []


def test_tests_folders_are_packages() -> None:
    folders = [p for p in SRC.rglob("tests") if p.is_dir() and any(p.glob("test_*.py"))]

    assert [
        p.relative_to(ROOT).as_posix() for p in folders if not (p / "__init__.py").exists()
    ] == []


def test_the_picture_shows_the_contract() -> None:
    picture = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")

    assert rules.pictured_layers(picture) == rules.contract_layers(_pyproject())


def test_every_loop_is_told() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    running = rules.loops_run((SRC / "workers" / "run.py").read_text(encoding="utf-8"))

    assert running == rules.loops_told(page) != set()


def test_every_setting_is_told() -> None:
    sources = [*(SRC / "config").glob("*.py"), *(SRC / "config" / "commands").glob("*.py")]
    asked = set().union(*(rules.settings_asked(p.read_text(encoding="utf-8")) for p in sources))
    told = rules.settings_told((ROOT / "docs" / "settings.md").read_text(encoding="utf-8"))

    assert asked == told


def test_the_version_is_the_changelogs_first() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    first = re.search(r"^## v([\d.]+)", changelog, re.MULTILINE)

    assert first is not None
    assert first[1] == settings.VERSION == tomllib.loads(_pyproject())["project"]["version"]


@pytest.mark.django_db
def test_migrations_are_current() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_lock_files_name_no_host() -> None:
    locks = [
        *(ROOT / "requirements").glob("*"),
        *ROOT.glob("package-lock.json"),
        *(ROOT / "tests" / "peers").glob("package-lock.json"),
    ]
    hosts = re.compile(r"index-url|find-links|\"resolved\"")

    assert [p.name for p in locks if hosts.search(p.read_text(encoding="utf-8"))] == []
