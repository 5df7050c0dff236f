"""How an account is locked, said by machines."""

import pytest

from breakwater.api.tests.conftest import Caller, said
from breakwater.hygiene.models import Holder

pytestmark = pytest.mark.django_db


def test_it_is_declared_and_read(bob_calls: Caller, channel_id: str) -> None:
    path = f"/w/harbour/channels/{channel_id}/posture"
    wish = {"unique_password": "yes", "in_manager": "no", "mfa": "unknown"}

    empty = said(bob_calls.get(path))
    declared = said(bob_calls.put(path, wish))
    holder = {"name": "Quill", "kind": "agency", "ends_on": "2020-01-31"}
    held = said(bob_calls.post(f"{path}/holders", holder))
    strange = bob_calls.put(path, {**wish, "password": "hunter2"})

    assert (empty["mfa"], empty["said_at"]) == ("unknown", None)
    assert {name: declared[name] for name in wish} == wish
    [row] = held["holders"]
    assert (row["name"], row["overdue"]) == ("Quill", True)
    assert strange.status_code == 422
    assert bob_calls.ask("DELETE", f"{path}/holders/{row['id']}").status_code == 204
    assert Holder.objects.get().ended_at is not None
