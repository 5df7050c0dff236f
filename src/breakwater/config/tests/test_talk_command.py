"""`breakwater talk`: what arrived, an answer and a deed."""

import pytest
from tests.people import make_member, make_person

from breakwater.channels.models import Arrival, Channel
from breakwater.channels.services.arrivals import record_arrivals
from breakwater.config import cli
from breakwater.core import clock
from breakwater.delivery.models import Delivery
from breakwater.networks.base import Arrived, Author, What
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Role

pytestmark = pytest.mark.django_db
HERE = ["--workspace", "harbour"]


@pytest.fixture
def gia(harbour_workspace: Workspace) -> Person:
    """Answers people."""
    person = make_person("gia")
    make_member(harbour_workspace, person, Role.AGENT)
    return person


@pytest.fixture
def asked(harbour_workspace: Workspace) -> Arrival:
    now = clock.now()
    quay = Channel.objects.create(
        workspace=harbour_workspace, network="sandbox", origin="http://harbour.internal",
        remote_id="1", handle="@quay", name="Quay", state="connected", state_at=now, created_at=now,
    )  # fmt: skip
    eve = Author("42", "@eve", "Eve")
    one = Arrived(What.COMMENT, "c1", now, eve, "Is it\nopen?", about="p1")
    (row,) = record_arrivals(quay, [one], now=now)
    return row


def test_it_is_listed_answered_and_hidden(
    gia: Person, asked: Arrival, capsys: pytest.CaptureFixture[str]
) -> None:
    number, by = str(asked.pk), [*HERE, "--as", gia.email]

    assert cli.dispatch(["talk", "arrivals", *HERE]) == 0
    assert f"{number}  Quay  comment  @eve  Is it open?" in capsys.readouterr().out
    assert cli.dispatch(["talk", "answer", number, "Until ten.", *by]) == 0
    assert cli.dispatch(["talk", "deed", number, "mute", *by]) == 0

    rows = {row.kind: row.payload for row in Delivery.objects.all()}
    assert (rows["reply"]["text"], rows["reply"]["reply_to"]) == ("Until ten.", "c1")
    assert (rows["act"]["deed"], rows["act"]["target"]) == ("mute", "42")


def test_who_may_not_answer_and_what_is_not_there_change_nothing(
    gia: Person, ann: Person, asked: Arrival
) -> None:
    answer = ["talk", "answer", str(asked.pk), "Yes.", *HERE]

    assert cli.dispatch([*answer, "--as", ann.email]) == 1
    assert cli.dispatch(["talk", "answer", "999", "Yes.", *HERE, "--as", gia.email]) == 78
    assert not Delivery.objects.exists()
