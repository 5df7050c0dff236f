"""The grammar corpus: the same for a seed, no text twice, labels that fit, French that agrees."""

import random
import re
from collections import Counter
from itertools import islice

import pytest

from training.grammar.groups import GROUPS, groups
from training.grammar.maker import LABELS, Deck, Frame, Language, key, languages, rows

PROFANE = {
    "en": r"fuck|shit|bollocks|bullshit|\barse|asshole|cunts|my dick|screw you|pricks|bitch|bastard|dickhead|prick\b|twat|wanker|bloody|"
    r"\bcrap\b|piss off",
    "fr": r"putain|merde|bordel|\bcons?\b|connes?\b|connards?|connasse|enfoirés?|encul|salopes?|"
    r"salauds|\bpute\b|pétasse|branleu|trous? du cul|putes\b|emmerde|faire mettre|\bnique\b|pisse à|vos gueules|chiennes|chier\b|foutre|merdé|merdeux",
}
FEELINGS = {"neg", "neu", "pos"}


@pytest.fixture(scope="module")
def corpus() -> list[tuple[frozenset[str], str, str]]:
    return list(rows(3, 3_000))


@pytest.fixture(scope="module")
def tidy() -> list[tuple[frozenset[str], str, str]]:
    return list(rows(4, 4_000, tidy=True))


@pytest.fixture(scope="module", params=["en", "fr"])
def language(request: pytest.FixtureRequest) -> Language:
    return next(one for one in languages() if one.code == request.param)


def _frames(language: Language) -> list[Frame]:
    return [frame for frames in language.frames.values() for frame in frames]


def test_the_same_seed_gives_the_same_rows_and_another_seed_others() -> None:
    first = list(rows(11, 400))

    assert list(rows(11, 400)) == first
    assert {text for *_, text in rows(12, 400)} != {text for *_, text in first}


def test_a_longer_corpus_begins_like_a_shorter_one() -> None:
    assert list(islice(rows(11, 5_000), 400)) == list(rows(11, 400))


def test_no_text_comes_twice(corpus: list[tuple[frozenset[str], str, str]]) -> None:
    assert len({key(text) for *_, text in corpus}) == len(corpus)


@pytest.mark.slow
def test_the_default_size_is_reached() -> None:
    assert sum(1 for _ in rows(1)) == 12_000


def test_when_all_frames_are_used_up_it_says_so(language: Language) -> None:
    deck = Deck(random.Random(1), language)

    for frame in _frames(language):
        deck.retire(frame)

    with pytest.raises(ValueError, match="no more distinct texts"):
        deck.deal()


def test_labels_are_consistent(corpus: list[tuple[frozenset[str], str, str]]) -> None:
    for labels, code, text in corpus:
        assert labels <= set(LABELS), text
        assert len(labels & FEELINGS) == 1, text
        assert "toxic" in labels or not labels & {"insult", "threat", "hate"}, text
        assert "neg" in labels or not labels & {"danger", "complaint", "threat", "hate"}, text
        assert not ("danger" in labels and "toxic" in labels), text
        assert code in ("en", "fr")


def test_profane_is_said_of_texts_with_swear_words_alone(
    tidy: list[tuple[frozenset[str], str, str]],
) -> None:
    for labels, code, text in tidy:
        assert ("profane" in labels) == bool(re.search(PROFANE[code], text.lower())), text


def test_a_third_or_more_is_toxic_and_each_label_is_met(
    corpus: list[tuple[frozenset[str], str, str]],
) -> None:
    counts = Counter(label for labels, *_ in corpus for label in labels)

    assert 0.33 < counts["toxic"] / len(corpus) < 0.45
    assert min(counts[label] for label in LABELS) > 20


def test_both_languages_come_equally_often(
    corpus: list[tuple[frozenset[str], str, str]],
) -> None:
    assert 0.47 < sum(code == "fr" for _, code, _ in corpus) / len(corpus) < 0.53


def test_each_language_has_many_frames_and_none_twice(language: Language) -> None:
    texts = [frame.text for frame in _frames(language)]

    assert len(texts) >= 200
    assert len(set(texts)) == len(texts)


def test_frames_are_well_formed_and_their_slots_have_tables(language: Language) -> None:
    given = {"gs", "one", "a_one", "a_role", "a_post", "les", "des", "aux", "un", "un_role"}
    known = given | {"un_post"} | set(language.slots) | set(language.trades[0])
    for frame in _frames(language):
        assert frame.text.count("[") == frame.text.count("]"), frame.text
        assert frame.text.count("<") == frame.text.count(">"), frame.text
        assert {name.lower() for name in re.findall(r"\{(\w+)\}", frame.text)} <= known, frame.text
        assert frame.kinds <= {group.kind for group in groups()} | {"word"}, frame.text
        assert frame.labels <= set(LABELS), frame.text


def test_all_trades_answer_the_same_slots(language: Language) -> None:
    wanted = {"place", "staff", "fault", "good", "crisis", "ask", "want"}
    for trade in language.trades:
        assert wanted <= set(trade), trade
        assert all(all(texts) for texts in trade.values()), trade


def test_no_start_of_a_sentence_dominates(
    tidy: list[tuple[frozenset[str], str, str]],
) -> None:
    for code in ("en", "fr"):
        starts = Counter(" ".join(t.split()[:4]) for _, c, t in tidy if c == code)
        assert starts.most_common(1)[0][1] < 0.02 * len(tidy) / 2, starts.most_common(3)


def test_nothing_of_the_notation_is_left(
    corpus: list[tuple[frozenset[str], str, str]], tidy: list[tuple[frozenset[str], str, str]]
) -> None:
    for *_, text in corpus + tidy:
        assert not re.search(r"[{}\[\]<>|~]|  |^ | $", text), text


def test_there_are_forty_groups_or_more() -> None:
    assert len(groups()) >= 40
    assert len(set(GROUPS.strip().splitlines())) == len(groups())


def test_english_articles_agree(tidy: list[tuple[frozenset[str], str, str]]) -> None:
    for _, code, text in tidy:
        if code == "en":
            assert not re.search(r"\ba (?!eu|un|one|us)[aeio]\w", text.lower()), text
            assert not re.search(r"\ban (?!hour|honest)[^aeiou8]", text.lower()), text


def test_french_articles_agree_with_the_group(
    tidy: list[tuple[frozenset[str], str, str]],
) -> None:
    only_m = {g.fr_one[0] for g in groups()} - {g.fr_one[1] for g in groups()} - {""}
    only_f = {g.fr_one[1] for g in groups()} - {g.fr_one[0] for g in groups()} - {""}
    text = "\n".join(text for _, code, text in tidy if code == "fr")

    assert not re.findall(rf"\bune (?:{'|'.join(only_m)})\b", text)
    assert not re.findall(rf"\bun (?:{'|'.join(only_f)})\b", text)
    assert re.findall(rf"\bune (?:{'|'.join(only_f)})\b", text)
    assert re.findall(rf"\bun (?:{'|'.join(only_m)})\b", text)


def test_french_plurals_follow_plural_articles(
    tidy: list[tuple[frozenset[str], str, str]],
) -> None:
    ones = {name for g in groups() for name in g.fr_one if name and not name.endswith(("s", "x"))}
    text = "\n".join(text for _, code, text in tidy if code == "fr")

    assert not re.findall(rf"\b(?:les|des|aux) (?:{'|'.join(sorted(ones))})(?![\w-])(?! \w)", text)


def test_french_small_words_are_cut_and_joined(
    tidy: list[tuple[frozenset[str], str, str]],
) -> None:
    for _, code, text in tidy:
        if code == "fr":
            assert not re.search(
                r"\b(de|que|le|la|je|ne|se) (?=[aeiouéèêâîô](?!t demie))(?!onz|ou[iï]\b)",
                text.lower(),
            ), text
            assert not re.search(r"\b(à|de) les? (?!\d|dire|\w+er\b)", text.lower()), text
