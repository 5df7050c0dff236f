"""What was said, by the hour, for machines."""

from datetime import timedelta

import pytest

from breakwater.api.tests.conftest import Caller, said
from breakwater.core import clock
from breakwater.domain.spread import hour_of
from breakwater.insights.models import MentionHour

pytestmark = pytest.mark.django_db


def test_hours_are_told_of_one_channel_or_of_all(bob_calls: Caller, channel_id: str) -> None:
    hour = hour_of(clock.now()) - timedelta(hours=2)
    MentionHour.objects.create(
        channel_id=channel_id, hour=hour, total=7, scored=6, negative=2, abusive=1, authors=5
    )

    all_of_them = said(bob_calls.get("/w/harbour/figures?days=1"))
    one = said(bob_calls.get(f"/w/harbour/figures?channel={channel_id}&days=1"))
    elsewhere = bob_calls.get(f"/w/harbour/figures?channel={'0' * 8}-0000-0000-0000-{'0' * 12}")

    [row] = [row for row in one["hours"] if row["total"]]
    assert (row["total"], row["negative"], row["abusive"]) == (7, 2, 1)
    assert all_of_them["hours"] == one["hours"]
    assert len(one["hours"]) == 24
    assert elsewhere.status_code == 404
    assert bob_calls.get("/w/harbour/figures?days=900").status_code == 422
