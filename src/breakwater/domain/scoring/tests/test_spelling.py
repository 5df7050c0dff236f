"""Which of its readings a text is read in, and what is never changed."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakwater.domain.scoring.leet import guesses
from breakwater.domain.scoring.model import embedded
from breakwater.domain.scoring.normal import bare, plain
from breakwater.domain.scoring.scores import Item
from breakwater.domain.scoring.spelling import AS_IT_STANDS, KEPT, Part, Reading, Speller
from breakwater.domain.scoring.tests.spelt import known
from breakwater.domain.scoring.tests.weird import texts
from breakwater.domain.scoring.words import words

WORDS = {
    "you": 900, "are": 800, "an": 700, "idiot": 60, "utter": 30, "what": 300, "want": 400, "lovely": 90, "team": 80, "thank": 300,
    "clear": 40, "stupid": 70, "clown": 20, "shut": 90, "your": 600, "mouth": 30, "ant": 8, "damn": 200, "dam": 2,
}  # fmt: skip
SECONDS = 3.0
"""For what takes 0.1 s on a quiet machine."""


def _reading(text: str, speller: Speller | None = None) -> Reading:
    view = plain(text)
    first, other = words(view), bare(view)
    read = speller or Speller(known(WORDS, rude=("dam",)))
    return read.readings([(first, first if other is view else words(other) or first)])[0]


def _read(text: str) -> str:
    return " ".join(_reading(text).words)


@pytest.mark.parametrize(
    "text",
    [
        "You are an idiot.", "what a lovely team, thank you", "Zoë Brückner, you are lovely", "🙂 42", ".", "shut-your-mouth", "you're lovely",
        "idiots idiotic clownish lovelier", "an dam", "an ant", "xy cln", "сука блять", "12e3 covid19 b2b", "*** * f** s****",
    ],
)  # fmt: skip
def test_what_is_known_or_like_nothing_known_is_read_as_it_stands(text: str) -> None:
    assert _reading(text) is AS_IT_STANDS


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("what an idoit you are, lovely team", "what an idiot you are , lovely team"),
        ("what an utetr idiot you are", "what an utter idiot you are"),
        ("thank you, stuid team", "thank you , stupid team"),
        ("you lovely id*ot", "you lovely idiot"),
        ("you stu-pid team", "you stupid team"),
        ("your i'diot team", "your idiot team"),
    ],
)
def test_an_unknown_word_is_read_as_the_known_one_behind_it(text: str, read: str) -> None:
    assert _read(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("wh47 are you, lovely team", "what are you , lovely team"),
        ("you are an 1d107", "you are an idiot"),
        ("w4n7 your lovely 4a7a, team", "want your lovely aata , team"),
    ],
)
def test_figures_are_letters_where_that_makes_a_usual_word_or_a_rude_one(
    text: str, read: str
) -> None:
    speller = Speller(known(WORDS | {"aata": 1}, rude=("aata",)))

    assert " ".join(_reading(text, speller).words) == read


@pytest.mark.parametrize("code", ["5l07", "17h47", "17h", "10kg", "b2b9", "11d107"])
def test_a_code_a_measure_and_an_hour_stay_what_they_are(code: str) -> None:
    often = WORDS | {"slot": 2, "ithat": 900, "lokg": 900}

    assert _reading(f"your lovely {code}, team", Speller(known(often))) is AS_IT_STANDS


@given(st.text("abehl134705", max_size=20))
def test_guesses_are_few_and_as_long_as_what_they_are_made_from(token: str) -> None:
    found = guesses(token)

    assert len(found) <= 8
    assert all(len(one) == len(token) and one.isalpha() for one in found)


def test_one_word_of_many_makes_a_second_reading_and_half_of_them_another_one() -> None:
    long = "thank you, lovely team, you are what you want, an idoit"

    assert _reading(long).plain
    assert _read(long).endswith("an idiot")
    assert not _reading("lovely idoit").plain


def test_a_short_word_is_mended_only_among_others() -> None:
    assert _reading("what a lovely clwn you are") is AS_IT_STANDS
    assert _read("clwn, stuid tem") == "clown , stupid team"


def test_where_many_words_are_unknown_known_ones_are_doubted_but_for_rude_ones() -> None:
    assert _read("ant utetr stuid dam") == "ant utter stupid dam"
    assert _read("waht utetr stuid ae") == "what utter stupid ae"
    assert _reading("an ant an ant, lovely team") is AS_IT_STANDS


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("y o u a r e a n i d i o t", "you are an idiot"),
        ("s.h.u.t y-o-u-r m_o_u_t_h", "shut your mouth"),
        ("u.t.e.t.r i d i o t", "utter idiot"),
        ("a n a n t", "an ant"),
    ],
)
def test_a_text_that_is_clearer_otherwise_is_read_so_alone(text: str, read: str) -> None:
    reading = _reading(text)

    assert (reading.plain, " ".join(reading.words)) == (False, read)


def test_a_part_says_what_it_was_read_from() -> None:
    read = Speller(known(WORDS)).readings([(["x"], ["youare", "an", "stu", "-", "pid", "idoit"])])

    assert read[0].parts == (
        Part("you", 0, 0, 0, 3),
        Part("are", 0, 0, 3, 6),
        Part("an", 1, 1, 0, 2),
        Part("stupid", 2, 4, 0, 3),
        Part("idiot", 5, 5, 0, 5),
    )


@given(st.lists(st.sampled_from([*WORDS, ",", ".", "🙂", "été", "42"]), max_size=40))
def test_known_words_are_never_changed(found: list[str]) -> None:
    assert Speller(known(WORDS)).readings([(found, found)]) == [AS_IT_STANDS]


@given(st.lists(texts, min_size=1, max_size=4))
def test_a_text_is_read_alike_whatever_was_read_before(some: list[str]) -> None:
    speller = Speller(known(WORDS))

    before = [_reading(text, speller) for text in some]

    assert [_reading(text, speller) for text in reversed(some)] == before[::-1]
    assert [_reading(text) for text in some] == before


@given(texts)
def test_a_reading_has_words_and_each_says_where_it_is_from(text: str) -> None:
    view = plain(text)
    found = words(bare(view)) or words(view)
    reading = _reading(text)

    assert reading.plain or reading.parts or not found
    for part in reading.parts:
        assert part.word
        assert 0 <= part.first <= part.last < len(found)
        assert 0 <= part.start < len(found[part.first])
        assert 0 < part.end <= len(found[part.last])


@pytest.mark.parametrize(
    "text",
    [
        " ".join(f"w{chr(97 + n % 26)}{chr(97 + n // 26)}xq" for n in range(660)),
        " ".join(f"{chr(97 + n % 26)}o{chr(97 + n // 26)}" for n in range(660)),
        " ".join(f"q{chr(97 + n % 26)}*{chr(97 + n // 26)}" for n in range(660)),
        "-".join(f"{chr(97 + n % 26)}q{chr(97 + n // 26)}" for n in range(660)),
        "the idiots are what " * 200, "younare" * 570, " ".join("younarewhat" * 180), "a" * 4_000, "ab" * 2_000 + "é", "*" * 4_000, "'" * 4_000,
    ],
)  # fmt: skip
def test_what_is_written_to_take_long_does_not(text: str) -> None:
    begin = time.perf_counter()
    embedded().score([Item(text, "en")])
    _reading(text)

    assert time.perf_counter() - begin < SECONDS


def test_what_is_kept_of_strangers_words_is_bounded() -> None:
    speller = Speller(known(WORDS))
    for start in range(0, 2 * KEPT, 1_000):
        found = [f"{chr(97 + n % 26)}q{n}" for n in range(start, start + 1_000)]
        speller.readings([(found, found)])

    assert len(speller._met) <= KEPT
    assert speller.readings([(["an", "idoit"], ["an", "idoit"])])[0].words == ["an", "idiot"]
