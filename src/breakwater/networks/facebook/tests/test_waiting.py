"""For how long Facebook wants to be left alone, as its header says."""

import pytest

from breakwater.networks.graph import regain_s


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("", None),
        ("nonsense", None),
        ("[]", None),
        ('{"1": 2}', None),
        ('{"1": ["x"]}', None),
        ('{"1": [{"type": "pages", "call_count": 12}]}', None),
        ('{"1": [{"estimated_time_to_regain_access": 0}]}', None),
        ('{"1": [{"estimated_time_to_regain_access": 3}]}', 180),
        (
            '{"1": [{"estimated_time_to_regain_access": 3}], '
            '"2": [{"estimated_time_to_regain_access": 9}]}',
            540,
        ),
    ],
)
def test_the_longest_wait_counts(said: str, seconds: float | None) -> None:
    assert regain_s({"x-business-use-case-usage": said}) == seconds
