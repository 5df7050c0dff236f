"""A group in figures, and the messages that must be looked at by themselves."""

import pytest

from breakwater.domain.grouping.groups import Groups
from breakwater.domain.grouping.summary import summaries, summary
from breakwater.domain.grouping.tests.saying import said, score
from breakwater.domain.scoring.scores import Band, Head


def none(_word: str) -> bool:
    return False


def late() -> Groups:
    groups = Groups()
    groups.add(
        [
            said("a", "My parcel never arrived", by="ann", score=score(Head.COMPLAINT)),
            said("b", "My parcel never arrived!", by="bob", minute=1),
            said("c", "Toujours rien reçu", by="ann", minute=2, score=score(language="fr")),
            said("d", "Where is my order? When will it come?", by="dan", minute=3,
                 score=score(Head.COMPLAINT, Head.QUESTION)),
            said("e", "Still waiting. I will burn your shop", by="eve", minute=4,
                 score=score(Head.THREAT, Head.ABUSIVE, band=Band.HELD)),
            said("f", "I want a refund", by="fay", minute=5),
        ]
    )  # fmt: skip
    return groups


def test_it_counts_people_messages_languages_bands_and_heads() -> None:
    found = summary(late(), "topic:late", "en", none)

    assert (found.label, found.people, found.messages) == ("delivery late", 4, 5)
    assert found.languages == {"en": 3, "fr": 1, "und": 1}
    assert found.bands == {Band.CLEAR: 3, Band.HELD: 1, None: 1}
    assert found.heads == {Head.COMPLAINT: 2, Head.QUESTION: 1, Head.THREAT: 1, Head.ABUSIVE: 1}
    assert found.signs == ()


def test_questions_and_threats_are_picked_out() -> None:
    found = summary(late(), "topic:late", "en", none)

    assert found.exceptions == {Head.QUESTION: ("d",), Head.THREAT: ("e",)}


def test_examples_are_different_texts_and_those_that_may_be_shown_come_first() -> None:
    found = summary(late(), "topic:late", "en", none)

    assert found.examples == ("a", "c", "d")


def test_the_group_with_the_most_people_comes_first_and_single_messages_do_not_come() -> None:
    groups = late()
    groups.add([said(f"r{at}", "refund me please", minute=9) for at in range(9)])

    found = summaries(groups, "fr", none)
    small = summaries(late(), "fr", none)

    assert [(one.label, one.people) for one in found] == [
        ("remboursement", 10),
        ("livraison en retard", 4),
    ]
    assert [one.group for one in small] == ["topic:late"]
    assert len(summaries(late(), "fr", none, at_least=1)) == 2


def test_a_group_that_is_not_there_is_said() -> None:
    with pytest.raises(KeyError):
        summary(late(), "topic:price", "en", none)


def test_another_threshold_may_be_given() -> None:
    groups = Groups(affirmed={Head.QUESTION: 0.95})
    groups.add([said("a", "Where is my order?", score=score(Head.QUESTION))])

    assert summary(groups, "topic:late", "en", none).exceptions == {}
