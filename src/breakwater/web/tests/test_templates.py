"""What holds for every template: strict content policy, icons that exist, two languages."""

import re
from pathlib import Path

import pytest

from breakwater.web.states import LOOKS

WEB = Path(__file__).resolve().parents[1]
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
ICONS = WEB.parents[2] / "frontend" / "icons.txt"
_ICON = re.compile(r"""(?:{% icon |\bsign=|\bicon=)["']([a-z0-9-]+)["']""")


def _named(path: Path) -> str:
    return str(path.relative_to(WEB / "templates"))


@pytest.mark.parametrize("path", TEMPLATES, ids=_named)
def test_nothing_is_inline(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert not re.search(r"<style\b|\bstyle=|\son\w+=|javascript:|hx-on|\bjs:", text)
    assert re.findall(r"<script(?![^>]*\bsrc=)", text) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=_named)
def test_a_template_stays_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 150


def test_every_named_icon_is_in_the_sprite() -> None:
    known = set(ICONS.read_text(encoding="utf-8").split())
    sources = [*TEMPLATES, *WEB.rglob("*.py")]
    named = {icon for path in sources for icon in _ICON.findall(path.read_text(encoding="utf-8"))}

    assert named - known == set()


def test_every_state_has_a_drawn_icon() -> None:
    known = set(ICONS.read_text(encoding="utf-8").split())

    assert {look.icon for looks in LOOKS.values() for look in looks.values()} - known == set()


def _with_included(path: Path) -> str:
    """The text of a template and of what it includes by name, all the way down."""
    text = path.read_text(encoding="utf-8")
    named = re.findall(r'{% (?:include|extends) "([^"#]+)"', text)
    return "".join([text, *(_with_included(WEB / "templates" / name) for name in named)])


@pytest.mark.parametrize("path", TEMPLATES, ids=_named)
def test_a_page_with_keys_of_its_own_listens_to_them(path: Path) -> None:
    whole = _with_included(path)

    if "<!doctype html>" in whole and " data-key=" in whole:
        assert "<bw-keys" in whole
