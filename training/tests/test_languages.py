"""What languages are learned from, and whether the shipped model still tells them."""

from pathlib import Path

import numpy as np
import pytest

from training.language_figures import told
from training.language_texts import NAMES, own_texts, runs_of, sentences, windows, word_lists


def test_words_are_read_as_the_plain_view_shows_them() -> None:
    assert runs_of("Straße, łódź & L’été 2024 #love @me https://a.b/c %(name)s nooooon") == [
        "strasse", "lodz", "l", "ete", "nooon",
    ]  # fmt: skip


def test_each_language_has_sentences_to_learn_and_others_to_be_measured() -> None:
    used = [(language, use) for language, use, _ in sentences()]

    for language in NAMES[2:-1]:
        least = 10 if language in ("es", "it", "pt", "de", "nl") else 6
        assert used.count((language, "train")) >= least, language
        assert used.count((language, "test")) >= least, language
    assert {language for language, _ in word_lists()} == set(NAMES[2:-1])


@pytest.mark.slow
def test_windows_are_the_same_for_the_same_seed(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "train.jsonl").write_text('{"src": "a", "lang": "en", "text": "never again"}\n')
    (tmp_path / "fr-a.rows").write_text("# how: by hand\nneg | jamais revu | pos\nneg | rien\n")

    first, second = (windows(texts, tmp_path, np.random.default_rng(1)) for _ in range(2))

    assert first.runs == second.runs
    assert first.ends[-1] == len(first.runs)
    assert set(first.labels) == set(range(len(NAMES)))


def test_each_tenth_line_of_our_own_is_kept_for_measuring(tmp_path: Path) -> None:
    lines = [f"neg | avant {at} | pos | apres {at}" for at in range(11)]
    (tmp_path / "fr-a.pairs").write_text("# theme: a\n" + "\n".join(lines))

    uses = [use for _, use, _ in own_texts(tmp_path)]

    assert uses == ["test"] * 2 + ["train"] * 18 + ["test"] * 2


def test_sentences_of_five_words_in_other_languages_are_not_taken_for_english_or_french() -> None:
    tests = [text for _, use, text in sentences() if use == "test" and len(runs_of(text)) >= 5]

    taken = [text for text in tests if told(text) in ("en", "fr")]

    assert len(tests) > 150
    assert len(taken) <= 0.05 * len(tests), taken
