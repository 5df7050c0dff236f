"""The card says what was measured, in tables that can be read."""

import re

import pytest

from breakwater.domain.scoring.model import embedded
from breakwater.domain.scoring.scores import Head
from training.card import LICENCES, Findings, card, table
from training.corpus import Row, own
from training.figures import Fairness

ROWS = [Row("own", "fr", "a", {}), Row("own", "fr", "b", {}), Row("edos", "en", "c", {})]


@pytest.fixture
def found() -> Findings:
    dev, here = ("edos", "en"), ("own", "fr")
    return Findings(
        auc={"Breakwater": {dev: 0.9, here: 0.8}, "peer": {dev: 0.71249}, "silent": {}},
        abuse={"Breakwater": {here: 0.77}, "peer": {here: 0.66}},
        heads={Head.ABUSIVE: {dev: 0.9}, Head.THREAT: {}},
        feeling={"Breakwater": {here: 0.61}},
        own={Head.DANGER: {here: 0.955}},
        complaints={"en": (1, 200), "fr": (0, 300)},
        bands={"Abusive texts that are veiled, en": "40 %"},
        errors={(Head.THREAT, "fr"): 0.02, (Head.ABUSIVE, "en"): 0.031},
        fairness={"fr": {"religion/jewish": Fairness(31, 0.9, 0.8, 0.7)}},
        disguises={"none": 0.9, "leet": 0.85},
        speed=[("posts a second", "6,000")],
    )


def test_each_figure_stands_in_its_table(found: Findings) -> None:
    text = card(embedded(), ROWS, found, "Seed 0.")

    for line in (
        f"# Model card: breakwater {embedded().version}",
        "Made by `make train`; do not edit. Seed 0.",
        "| own | fr | 2 | CC0 1.0, training/data, written by a language model for Breakwater |",
        "| edos en | 0.900 | 0.712 |  |",
        "| own fr | 0.800 |  |  |",
        "| mean | 0.850 | 0.712 |  |",
        "| own fr | 0.770 | 0.660 |",
        "| abusive | 0.900 |",
        "| danger | 0.955 |",
        "- Honest complaints that are veiled, en: 1 of 200 (0.5%).",
        "- Abusive texts that are veiled, en: 40 %.",
        "| abusive | 0.031 |  |",
        "| threat |  | 0.020 |",
        "| fr | religion/jewish | 31 | 0.900 | 0.800 | 0.700 |",
        "| leet | 0.850 |",
        "| posts a second | 6,000 |",
    ):
        assert line in text.splitlines(), line


def test_every_table_has_as_many_cells_in_each_line(found: Findings) -> None:
    text = card(embedded(), ROWS, found, "")

    tables = re.findall(r"(?:^\|.*\n?)+", text, re.MULTILINE)
    assert len(tables) == 10
    for one in tables:
        assert len({line.count("|") for line in one.splitlines()}) == 1


def test_limits_are_said(found: Findings) -> None:
    text = card(embedded(), ROWS, found, "")

    for what in ("language model", "`unscored`, which is not harmless", "Irony", "held-out"):
        assert what in text


def test_a_table_begins_with_its_heads() -> None:
    assert table(("a", "b"), [("1", "2")]) == "| a | b |\n| --- | --- |\n| 1 | 2 |"


def test_every_source_of_ours_names_its_licence() -> None:
    assert {row.source for row in own(kept_back=True)} <= set(LICENCES)
    assert all("," in text for text in LICENCES.values())
