"""The lists that come with the product are whole: each entry can be met, none stands twice."""

import re
import tomllib
from collections.abc import Iterator
from importlib import resources

import pytest

from breakwater.domain.grouping import topics
from breakwater.domain.grouping.words import words
from breakwater.domain.text import unaccented

FOLDER = resources.files("breakwater.domain.grouping")
PATTERN = re.compile(r"(?:[a-z#]+\*?|\.\.)(?: (?:[a-z#]+\*?|\.\.))*")


def entries() -> Iterator[tuple[str, str, str, list[str]]]:
    """File, topic, language and strength, patterns."""
    for name in topics.FILES:
        for key, entry in tomllib.loads(FOLDER.joinpath("topics", name).read_text("utf-8")).items():
            for language in ("en", "fr"):
                for strength, patterns in entry[language].items():
                    yield name, key, f"{language}.{strength}", patterns


def test_each_topic_has_a_label_and_patterns_in_both_languages() -> None:
    found = topics.lexicon().topics

    assert 60 <= len(found) <= 100
    assert all({*topic.label} == {"en", "fr"} for topic in found.values())
    sides = {(key, side) for _, key, side, _ in entries()}
    assert all((key, f"{language}.sure") in sides for key in found for language in ("en", "fr"))


def test_patterns_are_written_as_texts_are_read() -> None:
    wrong = [
        (key, pattern)
        for _, key, _, patterns in entries()
        for pattern in patterns
        if not PATTERN.fullmatch(pattern)
    ]

    assert wrong == []


def test_no_pattern_stands_twice_in_a_topic() -> None:
    twice = [
        (key, side, pattern)
        for _, key, side, patterns in entries()
        for pattern in patterns
        if patterns.count(pattern) > 1
    ]

    assert twice == []


def test_each_sure_pattern_finds_its_topic() -> None:
    lexicon = topics.lexicon()
    lost = []
    for _, key, side, patterns in entries():
        for pattern in patterns if side.endswith("sure") else ():
            said = pattern.replace("*", "").replace(" .. ", " ").replace("#", "12")
            found = lexicon.find(words(said))
            if key not in (*found.strong, *found.weak, *found.reactions):
                lost.append((key, pattern))

    assert lost == []


def test_french_labels_are_set_in_french() -> None:
    labels = [topic.label["fr"] for topic in topics.lexicon().topics.values()]

    assert [label for label in labels if "'" in label or '"' in label] == []
    assert [label for label in labels if label != label.strip() or len(label) > 40] == []


def test_no_word_names_two_things() -> None:
    lines = FOLDER.joinpath("things.txt").read_text("utf-8").splitlines()
    seen: dict[str, str] = {}
    twice = []
    for line in lines:
        if line and not line.startswith("#"):
            english, french = line.split(" = ")
            for word in {unaccented(word) for word in f"{english} {french}".split()}:
                twice += [(word, seen[word], line)] if word in seen else []
                seen[word] = line

    assert len(lines) > 250
    assert twice == []


def test_a_topic_that_stands_twice_is_refused() -> None:
    table = {"late": {"label": {"en": "late", "fr": "retard"}}}

    with pytest.raises(ValueError, match="late is there twice"):
        topics.Lexicon([("one.toml", table), ("two.toml", table)])
