"""Delete or leave, case by case; those with a name are the ones that the product's drills replay."""

from typing import Any

import pytest

from breakwater.domain import decisions
from breakwater.domain.decisions import HARMS, LINES, ORIGINS, Facts, advise
from breakwater.domain.sources import SOURCES, STRENGTHS


def facts(origin: str, *harm: str, **more: Any) -> Facts:
    if isinstance(more.get("negligence"), (set, tuple)):
        more["negligence"] = frozenset(more["negligence"])
    return Facts(origin=origin, harm=frozenset(harm), **more)


KEPT: frozenset[str] = frozenset()
CASES = [
    # name, facts, outcome, cluster
    ("Burger King 2013: a hijack everybody saw, access well kept",
     facts("intruder", "tasteless", evident=True, negligence=KEPT), "delete", "victim"),
    ("the same, with a shared password",
     facts("intruder", "tasteless", evident=True, negligence={"password_shared"}),
     "leave", "preventable"),
    ("the same, and nobody ever said how access is kept",
     facts("intruder", "tasteless", evident=True), "leave", "victim"),
    ("Red Cross 2011: the wrong account, a harmless joke",
     facts("ours", "tasteless"), "leave", "preventable"),
    ("NRA 2012: a routine post after a tragedy", facts("ours", "tasteless"),
     "leave", "preventable"),
    ("The Onion 2013: an obscene word about a child of nine",
     facts("ours", "obscene", "tasteless", minors="audience"), "delete_fast", "preventable"),
    ("DiGiorno: a joke on a word for violence", facts("ours", "tasteless",
     captured_elsewhere=True), "leave", "preventable"),
    ("NFL 2020: in through a tool, evident, MFA off",
     facts("intruder", evident=True, negligence={"mfa_off"}), "leave", "preventable"),
    ("a hijack that looks like us", facts("intruder", "tasteless", evident=False,
     negligence=KEPT), "leave", "victim"),
    ("a hijack of which nobody knows whether it is evident",
     facts("intruder", negligence=KEPT), "leave", "victim"),
    ("an intruder's obscenity, access badly kept: still fast",
     facts("intruder", "obscene", negligence={"mfa_off"}), "delete_fast", "preventable"),
    ("an intruder's lie, evident and well kept",
     facts("intruder", "false", evident=True, negligence=KEPT), "delete", "victim"),
    ("an intruder's lie, not evident", facts("intruder", "false", negligence=KEPT),
     "leave", "victim"),
    ("an intruder's dangerous advice", facts("intruder", "dangerous", negligence=KEPT),
     "delete_fast", "victim"),
    ("an intruder who posts an address", facts("intruder", "personal"), "delete_fast", "victim"),
    ("an intruder, and it happened before",
     facts("intruder", evident=True, negligence=KEPT, history=True), "delete", "accidental"),
    ("an intruder, and our name is bad",
     facts("intruder", evident=True, negligence=KEPT, reputation="bad"), "delete", "accidental"),
    ("an intruder, before and a bad name: one step, not two",
     facts("intruder", evident=True, negligence=KEPT, history=True, reputation="bad"),
     "delete", "accidental"),
    ("our agency's bad taste", facts("agency", "tasteless"), "leave", "preventable"),
    ("our agency's gore", facts("agency", "graphic"), "delete_fast", "preventable"),
    ("our agency's lie", facts("agency", "false"), "correct", "preventable"),
    ("an angry colleague", facts("insider", "tasteless"), "leave", "preventable"),
    ("an angry colleague tells secrets about a person", facts("insider", "personal"),
     "delete_fast", "preventable"),
    ("an angry colleague's hate", facts("insider", "hateful"), "leave", "preventable"),
    ("the platform published twice", facts("platform"), "leave", "accidental"),
    ("the platform published twice, again", facts("platform", history=True),
     "leave", "preventable"),
    ("the platform mixed up a picture", facts("platform", "graphic"),
     "delete_fast", "accidental"),
    ("a wrong figure", facts("ours", "false"), "correct", "preventable"),
    ("a wrong figure that somebody has copied", facts("ours", "false", captured_elsewhere=True),
     "correct", "preventable"),
    ("a wrong dose", facts("ours", "false", "dangerous"), "delete_fast", "preventable"),
    ("a customer's number in a screenshot", facts("ours", "personal"),
     "delete_fast", "preventable"),
    ("a naked child", facts("intruder", "obscene", minors="shown"), "delete_fast", "victim"),
    ("a pupil's address with a photo", facts("ours", "personal", minors="shown"),
     "delete_fast", "preventable"),
    ("a harmless picture with children", facts("ours", "tasteless", minors="shown"),
     "leave", "preventable"),
    ("bad taste before young followers", facts("ours", "tasteless", minors="audience"),
     "leave", "preventable"),
    ("hate in our own words", facts("ours", "hateful"), "leave", "preventable"),
    ("hate that calls for a beating", facts("ours", "hateful", "dangerous"),
     "delete_fast", "preventable"),
    ("nothing wrong but the hour", facts("ours"), "leave", "preventable"),
    ("nothing wrong, and people are angry", facts("ours", pressed_by="people"),
     "leave", "preventable"),
    ("nothing wrong, and a partner is angry", facts("ours", pressed_by="partner"),
     "leave", "preventable"),
    ("nothing wrong, and the boss wants it gone", facts("ours", pressed_by="superior"),
     "leave", "preventable"),
    ("an authority wants it gone", facts("ours", pressed_by="authority"),
     "leave", "preventable"),
    ("two minutes old and seen by nobody", facts("ours", "tasteless",
     captured_elsewhere=False, age_min=2), "leave", "preventable"),
    ("two days old", facts("ours", "tasteless", age_min=2880), "leave", "preventable"),
    ("seen by a million", facts("ours", "tasteless", reach=1_000_000), "leave", "preventable"),
    ("a good name does not delete", facts("ours", "tasteless", reputation="good"),
     "leave", "preventable"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("known", "outcome", "cluster"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_each_case_gets_its_advice(known: Facts, outcome: str, cluster: str) -> None:
    said = advise(known)

    assert (said.outcome, said.cluster) == (outcome, cluster)


def codes(known: Facts) -> set[str]:
    return {line.code for line in advise(known).lines}


@pytest.mark.parametrize(
    ("known", "there", "absent"),
    [
        (facts("ours", "tasteless"), {"leave_is_default", "who_says_sorry"}, {"victim"}),
        (facts("ours", captured_elsewhere=True), {"copies_exist"}, {"copies_likely", "fresh"}),
        (facts("ours", captured_elsewhere=False, age_min=2), {"fresh"}, {"copies_exist"}),
        (facts("ours", captured_elsewhere=None, age_min=60), {"copies_likely"}, {"fresh"}),
        (facts("ours", "obscene", minors="audience"), {"obscene", "young_followers"}, set()),
        (facts("ours", "hateful"), {"hateful"}, {"danger"}),
        (facts("ours", pressed_by="partner"), {"pressed"}, {"authority"}),
        (facts("ours", pressed_by="authority"), {"authority"}, {"pressed"}),
        (facts("intruder", evident=True, negligence=KEPT),
         {"hack_accepted", "hack_doubted", "inform_enough", "over_apology", "breach_notice",
          "secure_access"}, {"who_says_sorry", "badly_kept"}),
        (facts("intruder", evident=True, negligence={"mfa_off"}),
         {"badly_kept", "who_says_sorry"}, {"hack_accepted", "inform_enough"}),
        (facts("intruder", evident=True), {"posture_unknown"}, {"hack_accepted"}),
        (facts("insider", "tasteless"), {"secure_access"}, {"breach_notice"}),
        (facts("platform"), {"accidental"}, {"who_says_sorry", "inform_enough"}),
        (facts("intruder", history=True, negligence=KEPT), {"victim", "history"},
         {"inform_enough"}),
    ],
)  # fmt: skip
def test_the_reasons_are_those_of_the_case(known: Facts, there: set[str], absent: set[str]) -> None:
    said = codes(known)

    assert there <= said
    assert not absent & said


def test_an_illegal_image_of_a_minor_is_never_sealed_but_reported() -> None:
    steps = advise(facts("intruder", "obscene", minors="shown")).steps

    assert steps[:3] == ("address_only", "report_minor", "delete_now")
    assert "seal" not in steps


@pytest.mark.parametrize("origin", ORIGINS)
@pytest.mark.parametrize("harm", HARMS)
def test_evidence_always_comes_before_a_deletion(origin: str, harm: str) -> None:
    steps = advise(facts(origin, harm, negligence=KEPT, evident=True)).steps
    removals = [steps.index(one) for one in ("delete", "delete_now") if one in steps]

    assert all(steps.index("seal") < at for at in removals)


def test_criticism_is_never_hidden_in_bulk_whatever_the_case() -> None:
    assert all("no_bulk_hiding" in codes(case[1]) for case in CASES)


def test_what_to_do_is_said_before_anything_about_responsibility() -> None:
    for case in CASES:
        assert advise(case[1]).responses[:2] == ("instruct", "adjust")


def test_every_line_has_a_source_and_says_how_strong_it_is() -> None:
    for line in LINES.values():
        assert line.source in SOURCES
        assert line.strength in STRENGTHS


def test_every_line_is_said_in_some_case() -> None:
    asked = [case[1] for case in CASES] + [facts("ours", captured_elsewhere=False)]
    said = {line.code for known in asked for line in advise(known).lines}

    assert said == set(LINES)


def test_a_value_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="martian"):
        decisions.advise(facts("martian"))
