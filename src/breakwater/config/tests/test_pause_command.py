"""`breakwater pause`: everything is held by one command, in a person's name."""

import pytest
from tests.deliveries import MakeDelivery

from breakwater.config import cli
from breakwater.pauses.models import Pause
from breakwater.people.models import Person


def test_it_begins_is_listed_and_ends(
    queued: MakeDelivery, ann: Person, bob: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    queued()
    begin = ["pause", "begin", "harbour", "--as", ann.email]

    assert cli.dispatch([*begin, "--why", ""]) == 1
    assert not Pause.objects.exists()
    assert cli.dispatch([*begin, "--why", "A storm."]) == 0
    assert "Harbour: nothing more leaves.\n1 posts wait, 0 were leaving" in capsys.readouterr().out
    assert cli.dispatch(["pause", "list", "harbour"]) == 0
    assert "still open" in capsys.readouterr().out
    assert cli.dispatch(["pause", "resume", "harbour", "--as", ann.email]) == 1
    assert cli.dispatch(["hold", "release", "harbour", "--as", bob.email]) == 1
    assert Pause.objects.get().state == "open"
    assert cli.dispatch(["pause", "resume", "harbour", "--as", bob.email]) == 0
    assert "0 held posts leave at their time, 1 were late" in capsys.readouterr().out
    assert Pause.objects.get().state == "ended"


def test_everywhere_is_for_whoever_looks_after_the_installation(
    queued: MakeDelivery, ann: Person
) -> None:
    begin = ["pause", "begin", "--everywhere", "--why", "A storm.", "--as", ann.email]

    assert cli.dispatch(begin) == 1
    Person.objects.filter(pk=ann.pk).update(administrator=True)
    assert cli.dispatch(begin) == 0

    assert Pause.objects.count() == 1
