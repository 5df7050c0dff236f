"""What the manual says is what the code says; its links lead somewhere."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("capabilities", ROOT / "setup/capabilities.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_each_network_has_its_page_as_its_manifest_says() -> None:
    script = _script()
    manifests = script.manifests()

    stale = [
        path.name
        for one in manifests
        for language in script.LANGUAGES
        if _stale(script, path := script.manual(one, language), one, language)
    ]

    assert len(manifests) >= 3
    assert stale == [], "run: python setup/capabilities.py"


def _stale(script: ModuleType, path: Path, manifest: object, language: str) -> bool:
    if not path.exists():
        return True
    text = path.read_text(encoding="utf-8")
    return bool(script.page(text, manifest, language) != text)


def test_all_networks_stand_beside_one_another_as_their_manifests_say() -> None:
    script = _script()

    stale = [
        path.name
        for language in script.LANGUAGES
        if script.compared(text := (path := script.overview(language)).read_text("utf-8"), language)
        != text
    ]

    english = script.overview().read_text("utf-8")
    assert stale == [], "run: python setup/capabilities.py"
    assert english.count("](sandbox.md)") == 1
    assert english.count("\n| [") == len(script.manifests())


def test_a_page_that_is_not_there_yet_is_begun_in_both_languages() -> None:
    script = _script()
    manifest = next(one for one in script.manifests() if one.slug == "sandbox")

    english, french = (
        script.page(script.begun(manifest, language), manifest, language)
        for language in script.LANGUAGES
    )

    assert english.startswith("# Practice harbour\n")
    assert french.startswith("# Port d’entraînement\n")
    assert "| Publish a post | yes |" in english
    assert "| Publier | oui |" in french


def test_what_is_outside_of_the_marks_stays() -> None:
    script = _script()
    manifest = script.manifests()[0]
    text = f"before\n{script.BEGIN}\nstale words\n{script.END}\nafter\n"

    written = script.page(text, manifest)

    assert written.startswith("before\n")
    assert written.endswith("\nafter\n")
    assert "stale words" not in written
    with pytest.raises(ValueError, match="lacks the marks"):
        script.page("no marks", manifest)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_to_our_own_files_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)", page.read_text("utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []
