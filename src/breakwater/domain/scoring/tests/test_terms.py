"""A team's own words are found whole, however they are written, and count only for themselves."""

from uuid import UUID

from breakwater.domain.scoring.terms import Term, Terms, term_words

DENIED, ALLOWED, LONGER = UUID(int=1), UUID(int=2), UUID(int=3)


def _terms(*terms: tuple[UUID, str, bool]) -> Terms:
    return Terms(Term(one, term_words(text), allowed) for one, text, allowed in terms)


def test_whole_words_are_found_and_parts_are_not() -> None:
    terms = _terms((DENIED, "ânes", False))

    assert terms.look("Quels ÂNES !").denied == (DENIED,)
    assert terms.look("l'anes'").denied == (DENIED,)
    assert terms.look("Vanes et canes").denied == ()


def test_a_phrase_is_found_whatever_stands_between_its_words() -> None:
    terms = _terms((DENIED, "go home", False))

    assert terms.look("Just  GO\nhome!").denied == (DENIED,)
    assert terms.look("home, go").denied == ()


def test_disguised_words_are_denied_all_the_same() -> None:
    terms = _terms((DENIED, "arnaque", False))

    assert terms.look("quelle 4rn4que").denied == (DENIED,)
    assert terms.look("quelle a r n a q u e").denied == (DENIED,)


def test_allowed_words_are_taken_out_and_nothing_else() -> None:
    terms = _terms((ALLOWED, "bloody mary", True))
    text = "A Bloody  Mary, you fool 🙂"

    found = terms.look(text)

    assert found.allowed == (ALLOWED,)
    assert len(found.rest) == len(text)
    assert found.rest.split() == ["A", ",", "you", "fool", "🙂"]
    assert text.endswith(found.rest.lstrip("A ").strip())


def test_the_longer_of_two_terms_counts() -> None:
    terms = _terms((DENIED, "bloody", False), (LONGER, "bloody mary", True))

    assert terms.look("a bloody mary").denied == ()
    assert terms.look("a bloody mary, bloody good").denied == (DENIED,)


def test_a_text_without_terms_comes_back_itself() -> None:
    text = "Nothing here."

    assert _terms().look(text).rest is text
    assert _terms((ALLOWED, "other", True)).look(text).rest is text


def test_a_word_far_into_a_long_text_is_found() -> None:
    terms = _terms((DENIED, "arnaque", False), (ALLOWED, "chat", True))
    for at in (0, 2_690, 2_995, 5_400, 9_999):
        text = "a " * (at // 2) + "arnaque chat" + " b" * 5_000

        found = terms.look(text)

        assert (found.denied, found.allowed) == ((DENIED,), (ALLOWED,)), at
        assert "chat" not in found.rest, at


def test_strange_texts_are_looked_at_and_that_is_all() -> None:
    terms = _terms((DENIED, "a", False), (ALLOWED, "🙂", True))

    for text in ("", "\ud800", "\u0301" * 10_000, "\u202e" * 50, "🙂" * 500, "x" * 1_000_000):
        assert len(terms.look(text).rest) == len(text)


def test_a_term_without_a_word_is_none() -> None:
    assert term_words(" \u200b ") == ()
