"""A model whose every answer is known, and people who may and may not."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import exp, log

import numpy as np
import pytest
from tests.people import make_member, make_person

from breakwater.domain.scoring.adapters import LEARNS, Adapters, Taught, bounded
from breakwater.domain.scoring.banding import NOWHERE, Edges
from breakwater.domain.scoring.scores import ABUSE, Abstention, Head, Item, Score, Span
from breakwater.people.models import Workspace
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import Access, access

WORDS = {"fool": 0.6, "swine": 0.95, "meh": 0.5, "perhaps": 0.4}
"""What each word of a text is worth; the worst counts."""
TOPICS = ("kelp", "brine", "tide", "anchor")
"""Words that are worth nothing, each of which the hidden layer knows by a number of its own."""
STRONG = 20.0


class Counting:
    """A scorer that looks words up. asked: the texts that it was given, in order."""

    id = "counting"
    version = "1"
    languages = frozenset({"en", "fr"})
    heads = frozenset({Head.ABUSIVE, Head.INSULT, Head.DANGER})

    def __init__(self) -> None:
        self.asked: list[Item] = []
        self.adapters = Adapters(0, {})

    def score(self, batch: Sequence[Item]) -> Sequence[Score]:
        self.asked += batch
        return [self._one(item) for item in batch]

    def explain(self, item: Item) -> Score:
        score = self.score([item])[0]
        at = item.text.find("fool")
        spans = (Span(at, at + 4, Head.INSULT, 0.5),) if at >= 0 else ()
        return replace(score, spans=spans)

    def edges(self, language: str) -> Edges:
        if language not in self.languages:
            return NOWHERE
        return Edges(dict.fromkeys(ABUSE, 0.5), dict.fromkeys(ABUSE, 0.9), danger=0.3)

    def taught(self, item: Item) -> Mapping[Head, Taught]:
        found = self._alone(item)
        layer = np.array([STRONG * (word in item.text) for word in TOPICS], "<f2").tobytes()
        return {
            head: Taught(layer, log(chance / (1 - chance)), 1.0)
            for head, chance in found.chances.items()
            if head in LEARNS
        }

    def ordinary(self) -> Sequence[tuple[str, Mapping[Head, Taught]]]:
        return [("en", self.taught(Item(f"{word} anchor"))) for word in ("fool", "nice", "swine")]

    def adapted(self, adapters: Adapters) -> "Counting":
        other = Counting()
        other.asked = self.asked
        fit = {head: one for head, one in adapters.of.items() if one.model == "counting-1"}
        other.adapters = Adapters(adapters.number, fit)
        return other

    def _one(self, item: Item) -> Score:
        score = self._alone(item)
        learnt = {head: self._learnt(head, item) for head in self.adapters.of if score.chances}
        if not learnt:
            return score
        alone = {head: score.chances[head] for head in learnt}
        name = f"counting-1+a{self.adapters.number}"
        return replace(score, model=name, chances={**score.chances, **learnt}, alone=alone)

    def _learnt(self, head: Head, item: Item) -> float:
        taught, adapter = self.taught(item)[head], self.adapters.of[head]
        layer = np.frombuffer(taught.hidden, "<f2").astype(np.float32)
        odds = taught.odds + float(layer @ adapter.weights) + adapter.bias
        alone = 1 / (1 + exp(-taught.odds))
        return float(bounded(np.array([alone]), np.array([1 / (1 + exp(-odds))]))[0])

    def _alone(self, item: Item) -> Score:
        words = item.text.casefold().replace("!", " ").split()
        if not words:
            return Score("counting-1", "und", abstained=Abstention.EMPTY)
        if "hola" in words:
            return Score("counting-1", "es", abstained=Abstention.LANGUAGE)
        worst = max(WORDS.get(word, 0.1) for word in words)
        danger = 0.6 if "drown" in words else 0.01
        chances = {Head.ABUSIVE: worst, Head.INSULT: worst / 2, Head.DANGER: danger}
        return Score("counting-1", item.hint or "en", chances)


@pytest.fixture
def model() -> Counting:
    return Counting()


@pytest.fixture
def bob_at(harbour_workspace: Workspace) -> Access:
    """bob, who may answer people and so may say what is wrong with scores."""
    bob = harbour_workspace.memberships.get(role=Role.APPROVER).person
    return access(bob, harbour_workspace.slug, Right.SEE)


@pytest.fixture
def ann_at(harbour_workspace: Workspace) -> Access:
    """ann, who writes posts."""
    ann = harbour_workspace.memberships.get(role=Role.AUTHOR).person
    return access(ann, harbour_workspace.slug, Right.SEE)


@pytest.fixture
def mia_at(harbour_workspace: Workspace) -> Access:
    """mia, who manages."""
    make_member(harbour_workspace, mia := make_person("mia"), Role.MANAGER)
    return access(mia, harbour_workspace.slug, Right.SEE)
