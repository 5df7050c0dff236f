"""The real code, on a real database, ends each schedule as the model says it must."""

import pytest

from tests.model import campaign, faults
from tests.model.replay import Real

MANY = 150
SEED = 1

FOUND = [
    # Settling began at the call's begin: a worker that had slept in between sent again too soon.
    ("key ignored", "door 1=freeze_after, send 1=late"),
    # A look never renewed a sign-in that had run out: it saw nothing for a day, then asked.
    ("none", "answered 1=crash_2min, sight 1=token_expired"),
    # A second 401 in a row shut the channel, however well the renewal had gone.
    ("lasting key", "send 1=unauthorised, send 2=unauthorised"),
    ("hour key", "send 1=unauthorised, send 2=unauthorised, send 3=unauthorised"),
    # The third try that did not arrive came when the key still had ten minutes, and was not made.
    ("hour key", "send 1=reset_before, send 2=error_refused, send 3=reset_before"),
]
"""Schedules that once ended in a duplicate or in a needless question."""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def known() -> dict[tuple[str, str], campaign.Plan]:
    every = [*campaign.plans(2), *campaign.plans(3, faults.NETWORK_ONLY)]
    return {(one.net.name, one.told): one for one in every}


def test_what_was_found_once_stays_mended(
    real: Real, known: dict[tuple[str, str], campaign.Plan]
) -> None:
    compared = [campaign.compare(real, known[one]) for one in FOUND]

    assert [str(difference) for _, difference in compared if difference] == []
    assert [(one.state, one.posts) for one, _ in compared if one] == [("verified", 1)] * len(FOUND)


def test_the_code_ends_each_schedule_as_the_model_says(real: Real) -> None:
    wanted = campaign.chosen(MANY, SEED)

    outcome = campaign.run(real, real.workspace, wanted)

    assert [str(one) for one in outcome.differences] == []
    assert outcome.fine
