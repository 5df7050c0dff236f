"""The laws of what a reader is spared: stricter never shows more, and the bound holds."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakwater.domain.scoring.scores import ABUSE, Band, Head
from breakwater.domain.shield import Level, Shield, effective, rank_of

LEVELS = st.sampled_from(Level)
RANKS = st.one_of(st.none(), st.sampled_from([int(one) for one in Level]))
SHIELDS = st.builds(Shield, LEVELS, st.booleans(), st.booleans())
CHOICE = st.one_of(st.none(), st.booleans())
OWN = st.fixed_dictionaries({"unscored": CHOICE, "media": CHOICE})
CHANCES = st.dictionaries(st.sampled_from(Head), st.floats(0, 1))
BANDS = st.sampled_from([*Band, None])
HEADS = st.lists(st.sampled_from(ABUSE), max_size=2)


@given(rank=RANKS, unscored=st.booleans(), media=st.booleans())
def test_a_stricter_level_never_shows_more(rank: int | None, unscored: bool, media: bool) -> None:
    shields = [Shield(level, unscored, media) for level in Level]

    assert [one.veils(rank) for one in shields] == sorted(one.veils(rank) for one in shields)
    assert [one.veils_media for one in shields] == sorted(one.veils_media for one in shields)


@given(shield=SHIELDS)
def test_a_worse_text_is_never_shown_where_a_milder_one_is_veiled(shield: Shield) -> None:
    veiled = [shield.veils(int(rank)) for rank in Level]

    assert veiled == sorted(veiled, reverse=True)


def test_threats_are_read_unasked_only_by_who_wants_to_be_spared_least() -> None:
    assert [one for one in Level if not Shield(one).veils_threats] == [Level.HELD]


@given(default=SHIELDS, loosest=LEVELS, own=st.one_of(st.none(), LEVELS), chosen=OWN)
def test_nobodys_shield_is_looser_than_the_bound(
    default: Shield, loosest: Level, own: Level | None, chosen: dict[str, bool | None]
) -> None:
    mine = effective(default, loosest, own, chosen)

    assert mine.level >= loosest
    if loosest is not Level.HELD:
        assert mine.unscored >= default.unscored
        assert mine.media >= default.media


@given(default=SHIELDS, loosest=LEVELS, own=LEVELS, chosen=OWN)
def test_stricter_is_always_ones_own_choice(
    default: Shield, loosest: Level, own: Level, chosen: dict[str, bool | None]
) -> None:
    mine = effective(default, loosest, own, chosen)

    assert mine.level >= own
    assert mine.unscored or not chosen["unscored"]
    assert mine.media or not chosen["media"]


@given(default=SHIELDS, loosest=LEVELS)
def test_who_chose_nothing_has_what_the_workspace_says(default: Shield, loosest: Level) -> None:
    mine = effective(default, loosest, None, {})

    assert mine == Shield(max(default.level, loosest), default.unscored, default.media)


@given(default=SHIELDS, own=LEVELS, chosen=OWN)
def test_a_stricter_bound_never_shows_more(
    default: Shield, own: Level, chosen: dict[str, bool | None]
) -> None:
    shields = [effective(default, bound, own, chosen) for bound in Level]

    for one, two in pairwise(shields):
        assert all(two.veils(rank) or not one.veils(rank) for rank in (None, *map(int, Level)))
        assert two.veils_media >= one.veils_media


@given(band=BANDS, reasons=HEADS, chances=CHANCES, head=st.sampled_from(Head), more=st.floats(0, 1))
def test_a_greater_chance_never_makes_a_text_milder(
    band: Band | None, reasons: list[Head], chances: dict[Head, float], head: Head, more: float
) -> None:
    before = rank_of(band, reasons, chances)
    after = rank_of(band, reasons, {**chances, head: max(more, chances.get(head, 0.0))})

    assert (before is None) is (after is None) is (band is None)
    assert before is None or after is None or after <= before


@pytest.mark.parametrize(
    ("band", "reasons", "chances", "rank"),
    [
        (None, (), {}, None),
        (Band.HELD, (), {}, Level.HELD),
        (Band.VEILED, (), {}, Level.ABUSE),
        (Band.CLEAR, (Head.INSULT,), {}, Level.ABUSE),
        (Band.CLEAR, (), {Head.PROFANITY: 0.5}, Level.CAREFUL),
        (Band.CLEAR, (), {Head.PROFANITY: 0.49}, Level.EVERYTHING),
        (Band.CLEAR, (), {Head.ABUSIVE: 0.143}, Level.CAREFUL),
        (Band.CLEAR, (), {Head.ABUSIVE: 0.142}, Level.EVERYTHING),
        (Band.CLEAR, (), {Head.NEGATIVE: 0.99}, Level.EVERYTHING),
    ],
)
def test_ranks(
    band: Band | None, reasons: tuple[Head, ...], chances: dict[Head, float], rank: Level | None
) -> None:
    assert rank_of(band, reasons, chances) == rank
