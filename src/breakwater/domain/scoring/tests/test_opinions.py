"""A second opinion moves what the first is unsure of, and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from breakwater.domain.scoring.opinions import Unsure, moved_by, uncertain
from breakwater.domain.scoring.scores import ABUSE, Head, Score

UNSURE = Unsure()
CHANCES = st.dictionaries(st.sampled_from(list(Head)), st.floats(0, 1))


def _score(**chances: float) -> Score:
    return Score("m-1", "en", {Head(name): chance for name, chance in chances.items()})


def test_only_what_is_neither_likely_nor_unlikely_is_uncertain() -> None:
    assert uncertain(_score(abusive=0.35), UNSURE)
    assert uncertain(_score(abusive=0.75, insult=0.1), UNSURE)
    assert not uncertain(_score(abusive=0.34), UNSURE)
    assert not uncertain(_score(abusive=0.5, threat=0.76), UNSURE)
    assert not uncertain(_score(negative=0.5, profanity=0.5), UNSURE)
    assert not uncertain(_score(), UNSURE)


def test_an_answer_moves_what_is_unsure_to_the_edge_at_most() -> None:
    score = _score(abusive=0.5, insult=0.2, negative=0.5)

    there = moved_by(score, {Head.ABUSIVE: 1.0, Head.INSULT: 1.0, Head.NEGATIVE: 0.0}, UNSURE)
    back = moved_by(score, {Head.ABUSIVE: 0.0}, UNSURE)

    assert there.chances == {Head.ABUSIVE: 0.75, Head.INSULT: 0.2, Head.NEGATIVE: 0.5}
    assert back.chances == {Head.ABUSIVE: 0.35, Head.INSULT: 0.2, Head.NEGATIVE: 0.5}


@given(CHANCES, CHANCES)
def test_no_answer_moves_anything_out_of_the_uncertain_band(
    said: dict[Head, float], answer: dict[Head, float]
) -> None:
    score = Score("m-1", "en", said)

    after = moved_by(score, answer, UNSURE)

    assert after.chances.keys() == said.keys()
    for head, chance in said.items():
        if head in ABUSE and chance in UNSURE:
            assert after.chances[head] in UNSURE
        else:
            assert after.chances[head] == chance
