"""What is veiled is not in an answer until its person opens it; corrections and shields by the API."""

import pytest
from tests.people import make_member, make_person

from breakwater.api.tests.conftest import Caller, make_token, said
from breakwater.inbox.models import Item
from breakwater.inbox.tests.world import NOW, arrive, channel_of
from breakwater.inbox.tests.world import said as written
from breakwater.people.models import Workspace
from breakwater.people.roles import Role
from breakwater.wellbeing.models import Exposure, OwnShield, WorkspaceShield

pytestmark = pytest.mark.django_db
RUDE = "You stupid cunts, when will my order 48213 arrive?"
SHIELD = "/w/harbour/inbox/shield"


def _calls(workspace: Workspace, role: Role, name: str) -> Caller:
    make_member(workspace, person := make_person(name), role)
    return Caller(make_token(person, workspace))


@pytest.fixture
def ada(harbour_workspace: Workspace) -> Caller:
    """Answers people."""
    return _calls(harbour_workspace, Role.AGENT, "ada")


@pytest.fixture
def place(harbour_workspace: Workspace) -> str:
    """A veiled message, twice."""
    quay = channel_of(harbour_workspace)
    arrive(quay, written(RUDE, "a"), written(RUDE, "b", minutes=1), now=NOW)
    return f"/w/harbour/inbox/items/{Item.objects.order_by('pk')[0].pk}"


def test_a_veiled_message_is_summed_up_masked_and_opened(ada: Caller, place: str) -> None:
    veiled = said(ada.get(place))
    masked = said(ada.get(f"{place}?masked=true"))
    before = Exposure.objects.count()
    opened = said(ada.post(f"{place}/reveal", {"what": "text"}))

    assert (veiled["text"], veiled["masked"]) == (None, None)
    assert "48213" in veiled["summary"]
    shown = "".join(one["text"] for one in masked["masked"])
    assert ("48213" in shown, "cunt" in shown) == (True, False)
    assert (before, opened["text"], Exposure.objects.count()) == (0, RUDE, 1)


def test_a_correction_counts_for_what_says_the_same_and_is_taken_back(
    ada: Caller, place: str
) -> None:
    done = said(ada.post(f"{place}/correct", {"kind": None}))
    back = said(ada.post(f"{place}/uncorrect", {}))

    assert (done["changed"], done["message"]["text"], done["message"]["corrected"]) == (
        2, RUDE, True,
    )  # fmt: skip
    assert (back["changed"], back["message"]["text"]) == (2, None)


def test_shields_are_the_workspaces_and_ones_own(ada: Caller, harbour_workspace: Workspace) -> None:
    mia = _calls(harbour_workspace, Role.MANAGER, "mia")
    wish = {"level": "careful", "loosest": "abuse", "unscored": True, "media": False}
    own = {"level": "everything", "unscored": None, "media": True}

    refused = ada.ask("PUT", SHIELD, wish)
    bad = mia.ask("PUT", SHIELD, {**wish, "level": "held"})
    nothing = WorkspaceShield.objects.exists()
    mia.ask("PUT", SHIELD, wish)
    mine = said(ada.ask("PUT", f"{SHIELD}/own", own))

    assert (refused.status_code, bad.status_code, nothing) == (403, 422, False)
    assert mine["default"] == {"level": "careful", "unscored": True, "media": False}
    assert mine["loosest"] == "abuse"
    assert mine["mine"] == {"level": "everything", "unscored": True, "media": True}
    assert said(mia.get(SHIELD))["mine"]["level"] == "careful"
    assert OwnShield.objects.count() == 1
