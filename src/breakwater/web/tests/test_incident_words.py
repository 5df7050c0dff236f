"""What is said of an incident's evidence agrees, in French, with the word that it is said of."""

import pytest
from django.utils import translation

from breakwater.web.incident_evidence import CAPTURES


@pytest.mark.parametrize(
    ("state", "said"),
    [("asked", "demandée"), ("taking", "en cours de relevé"), ("sealed", "scellée")],
)
def test_evidence_is_feminine_in_french(state: str, said: str) -> None:
    with translation.override("fr"):
        assert str(CAPTURES[state]) == said
