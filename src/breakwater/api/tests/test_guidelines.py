"""Guidelines by machines: the same steps, the same refusals."""

import json

import pytest

from breakwater.api.tests.conftest import Caller, make_token, member, said
from breakwater.guidelines.models import Guideline
from breakwater.people.models import Workspace

pytestmark = pytest.mark.django_db
PATH = "/w/harbour/guidelines"
WISH = {
    "kind": "hours", "value": {"from": "22:00", "to": "07:00", "weekdays": [5]},
    "effect": "block", "clause": "We sleep.",
}  # fmt: skip


def test_it_is_written_tried_turned_on_changed_and_removed(bob_calls: Caller) -> None:
    made = said(bob_calls.post(PATH, WISH))
    one = f"{PATH}/{made['id']}"

    early = bob_calls.post(f"{one}/on", {})
    tried = said(bob_calls.post(f"{one}/try", {}))
    on = said(bob_calls.post(f"{one}/on", {}))
    changed = said(bob_calls.put(one, {**WISH, "value": {"from": "21:00", "to": "07:00"}}))

    assert json.loads(early.content)["code"] == "guideline_untried"
    assert tried == {"posts": 0, "hits": 0, "met": []}
    assert (on["on"], on["tried"], on["found"]) == (True, True, 0)
    assert (changed["on"], changed["tried"]) == (False, False)
    assert changed["value"] == {"from": "21:00", "to": "07:00", "weekdays": []}
    assert bob_calls.ask("DELETE", one).status_code == 204
    assert not Guideline.objects.exists()


def test_who_may_not_run_the_workspace_may_not_read_them(desk: Workspace) -> None:
    caller = Caller(make_token(member(desk, "ann"), desk, {"see", "write"}))

    assert caller.get(PATH).status_code == 403
    assert caller.post(PATH, WISH).status_code == 403
    assert not Guideline.objects.exists()
