"""One picture at a time: who waits too long is told, and loses nothing."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

import pytest
from django.utils import translation
from PIL import Image
from pytest_django import Settings

from breakwater.audit.models import Entry
from breakwater.core.messages import say
from breakwater.domain.errors import Invalid
from breakwater.media import services, turns
from breakwater.media.models import Asset
from breakwater.people.models import Person, Workspace

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """Somebody else's picture is in hand until the event is set; others wait for 50 ms."""
    monkeypatch.setattr(turns, "WAIT_S", 0.05)
    began, done = Event(), Event()

    def other() -> None:
        with turns.turn():
            began.set()
            done.wait(10)

    thread = Thread(target=other)
    thread.start()
    assert began.wait(5)
    yield done
    done.set()
    thread.join()


def _picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "navy").save(out, "PNG")
    return out.getvalue()


def _upload(workspace: Workspace, person: Person) -> Asset:
    return services.upload(workspace.pk, _picture(), file_name="a.png", by=person.pk, now=NOW)


@pytest.mark.django_db
def test_a_picture_that_waits_too_long_is_refused_and_can_come_again(
    busy: Event, harbour_workspace: Workspace, ann: Person, settings: Settings, tmp_path: Path
) -> None:
    settings.BLOBS = tmp_path

    with pytest.raises(Invalid) as refused:
        _upload(harbour_workspace, ann)

    assert (refused.value.code, refused.value.field) == ("pictures_busy", "picture")
    assert (Asset.objects.count(), Entry.objects.count(), list(tmp_path.iterdir())) == (0, 0, [])
    busy.set()
    with turns.turn(wait_s=5):
        pass  # the other one is over
    assert _upload(harbour_workspace, ann) == Asset.objects.get()


def test_the_refusal_is_said_in_the_readers_language() -> None:
    error = Invalid(code="pictures_busy", field="picture")

    with translation.override("fr"):
        french = say(error)

    assert say(error).startswith("Other pictures are being prepared just now")
    assert french.startswith("D’autres images sont en cours de préparation")


def test_a_turn_ends_however_it_ends() -> None:
    with pytest.raises(KeyError), turns.turn(wait_s=0.05):
        raise KeyError

    with turns.turn(wait_s=0.05), pytest.raises(Invalid), turns.turn(wait_s=0.05):
        pass


def test_two_pictures_are_never_in_hand_at_once() -> None:
    inside: list[int] = []
    most: list[int] = []

    def one() -> None:
        with turns.turn():
            inside.append(1)
            most.append(len(inside))
            inside.pop()

    threads = [Thread(target=one) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert most == [1] * 20
