"""Rules by machines: the same as on the pages."""

from datetime import datetime

import pytest

from breakwater.api.tests.conftest import Caller, said
from breakwater.inbox.models import Rule
from breakwater.inbox.tests.world import QUESTION, arrive, channel_of
from breakwater.inbox.tests.world import said as wrote
from breakwater.people.models import Workspace

pytestmark = pytest.mark.django_db
RULES = "/w/harbour/inbox/rules"


def test_a_rule_is_tried_before_it_is_switched_on(
    desk: Workspace, ann_calls: Caller, moment: datetime
) -> None:
    arrive(channel_of(desk), wrote(QUESTION, "a", at=moment), now=moment)
    rule = Rule.objects.create(
        workspace=desk, name="Hours", position=1, created_at=moment,
        conditions=[{"what": "words", "query": "sunday"}], actions=[{"do": "done", "of": None}],
    )  # fmt: skip

    early = ann_calls.post(f"{RULES}/{rule.pk}/switch", {"on": True, "revision": 1})
    tried = said(ann_calls.post(f"{RULES}/{rule.pk}/try", {}))
    on = said(ann_calls.post(f"{RULES}/{rule.pk}/switch", {"on": True, "revision": 1}))
    off = said(ann_calls.post(f"{RULES}/{rule.pk}/switch", {"on": False}))
    listed = said(ann_calls.get(RULES))

    assert early.status_code == 422
    assert (tried["looked"], tried["matched"], tried["actions"]) == (1, 1, {"done": 1})
    assert (on["on"], off["on"]) == (True, False)
    assert [one["name"] for one in listed["items"]] == ["Hours"]
