"""What is veiled is dealt with without being read; opening it is a choice, counted for oneself."""

from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread as Running
from typing import Any

import pytest
import pytest_django

from breakwater.channels.models import Channel
from breakwater.core import clock
from breakwater.core.ids import new_id
from breakwater.domain.shield import Level, Shield
from breakwater.inbox.models import Item
from breakwater.inbox.tests.world import (
    ABUSE,
    DANGER,
    LEO,
    NOW,
    PRAISE,
    QUESTION,
    arrive,
    said,
)
from breakwater.networks.base import Author, SeenMedium
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Role
from breakwater.web.tests.quay import at_desk, member
from breakwater.web.tests.test_practice_pages import PNG
from breakwater.wellbeing.models import Exposure, OwnShield, WorkspaceShield
from breakwater.wellbeing.selectors import default_of, shield_of
from breakwater.wellbeing.services import set_own

pytestmark = pytest.mark.django_db
PAGE = "/w/harbour/inbox/"
OWN = "/profile/shield/"
SETUP = f"{PAGE}setup/shield/"
RUDE = "You stupid bitches, when will my order 48213 arrive? I am in Lyon!"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def mia(harbour_workspace: Workspace) -> Person:
    """Manages."""
    return member(harbour_workspace, Role.MANAGER, name="mia")


@pytest.fixture
def pictures(settings: pytest_django.Settings) -> Iterator[list[str]]:
    """A stranger's server; the paths that it was asked for."""
    asked: list[str] = []

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            body = PNG if self.path.endswith(".png") else b"<svg onload='x'/>"
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            del format, args

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    running = Running(target=server.serve_forever, daemon=True)
    running.start()
    asked.append(f"http://127.0.0.1:{server.server_address[1]}")
    settings.ALLOWED_ORIGINS = frozenset(asked)
    yield asked
    server.shutdown()
    server.server_close()
    running.join()


def _item(remote_id: str) -> Item:
    return Item.objects.select_related("thread").get(arrival__remote_id=remote_id)


def _talk(remote_id: str) -> str:
    return f"{PAGE}{_item(remote_id).thread_id}/"


def _of(item: Item, deed: str) -> str:
    return f"{PAGE}items/{item.pk}/{deed}/"


def _words(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_veil_says_what_it_is_and_which_facts_it_has(quay: Channel, ada: Person) -> None:
    arrive(quay, said(RUDE, "a"))
    client = at_desk(ada)

    pages = [_words(client.get(place)) for place in (_talk("a"), f"{PAGE}all/")]

    for shown in pages:
        assert "with the number 48213 and a place" in shown
        assert "bitch" not in shown
    assert 'data-key="v"' in pages[0]
    assert 'data-key="m"' in pages[0]


def test_keys_of_a_message_are_those_of_the_one_that_is_answered(
    quay: Channel, ada: Person
) -> None:
    arrive(quay, said(RUDE, "a"), said(RUDE, "b", minutes=1, parent="a"))

    page = _words(at_desk(ada).get(_talk("b")))

    assert [f'id="message-{_item(one).pk}" data-apart' in page for one in "ab"] == [True, True]
    assert page.count(" data-about=") == 1
    assert f'data-about="message-{_item("b").pk}"' in page


def test_it_can_be_read_with_its_insults_masked_which_is_no_exposure(
    quay: Channel, ada: Person
) -> None:
    arrive(quay, said(RUDE, "a"))
    client = at_desk(ada)
    item = _item("a")

    part = _words(client.get(_of(item, "masked"), headers=HTMX))
    page = _words(client.get(f"{_talk('a')}?masked={item.pk}"))

    for shown in (part, page):
        assert "when will my order 48213 arrive? I am in Lyon!" in shown
        assert "[" in shown
        assert "bitch" not in shown
        assert "Read it as it is" in shown
    assert not Exposure.objects.exists()


def test_where_nothing_harmless_is_left_it_says_so(quay: Channel, ada: Person) -> None:
    set_own(ada, level=Level.CAREFUL, unscored=None, media=None, now=NOW)
    arrive(quay, said(ABUSE, "a"))

    shown = _words(at_desk(ada).get(_of(_item("a"), "masked"), headers=HTMX))

    assert "Without its insults nothing is left of it." in shown
    assert "bitch" not in shown


def test_who_does_not_answer_people_reads_masked_texts_alone(
    quay: Channel, ann: Person, eve: Person
) -> None:
    arrive(quay, said(RUDE, "a"))

    shown = _words(at_desk(ann).get(_talk("a")))

    assert "With its insults masked" in shown
    assert "Read it as it is" not in shown
    assert at_desk(eve).get(_of(_item("a"), "masked")).status_code == 404


def test_pictures_of_strangers_are_fetched_by_us_once_somebody_asks(
    quay: Channel, ada: Person, ann: Person, pictures: list[str]
) -> None:
    there = (SeenMedium(f"{pictures[0]}/a.png", alt=ABUSE), SeenMedium(f"{pictures[0]}/b.mp4"))
    arrive(quay, said(QUESTION, "a", media=there, url="https://net.example/1"))
    client, item = at_desk(ada), _item("a")
    first = _of(item, "media/0")

    before = _words(client.get(_talk("a")))
    refused = client.get(first).status_code
    opened = _words(client.post(_of(item, "reveal/media"), {"request": str(new_id())}))
    shown, film = client.get(first), client.get(_of(item, "media/1"))

    assert "2 pictures or films" in before
    assert refused == 404
    assert ABUSE not in opened
    assert pictures[0] not in before + opened
    assert f'src="{first}"' in opened
    assert 'rel="noreferrer noopener"' in opened
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/webp")
    assert shown.content[8:12] == b"WEBP"
    assert shown["Cache-Control"] == "private, max-age=600"
    assert (film.status_code, "picture-away" in film["Location"]) == (302, True)
    assert pictures[1:] == ["/a.png", "/b.mp4"]
    assert at_desk(ann).get(first).status_code == 404
    assert client.get(_of(item, "media/2")).status_code == 404
    assert [(one.person, one.what) for one in Exposure.objects.all()] == [(ada, "media")]


def test_what_was_opened_stays_open_when_something_else_is(quay: Channel, ada: Person) -> None:
    there = (SeenMedium("https://net.example/a.png"),)
    arrive(quay, said(RUDE, "a", media=there, by=Author("h", "@x", ABUSE)))
    client, item = at_desk(ada), _item("a")

    def reveal(what: str, *also: str) -> str:
        asked = {"request": str(new_id()), "open": list(also)}
        return _words(client.post(_of(item, f"reveal/{what}"), asked))

    untold = reveal("name", "text")
    text = reveal("text", "name")
    media = reveal("media", "text", "name")

    assert (RUDE in untold, ABUSE in untold) == (False, True)
    assert (RUDE in text, ABUSE in text) == (True, True)
    assert (RUDE in media, "message-picture" in media) == (True, True)
    assert sorted(one.what for one in Exposure.objects.all()) == ["media", "name", "text"]


def test_a_wrong_score_is_put_right_with_one_key_and_back(quay: Channel, ada: Person) -> None:
    arrive(quay, said(ABUSE, "a"), said(ABUSE, "b", by=LEO), said(PRAISE, "c", by=LEO))
    client = at_desk(ada)
    assert 'data-key="x"' in _words(client.get(_talk("a")))

    answer = client.post(_of(_item("a"), "correct"), {"kind": ""})

    page = _words(client.get(answer["Location"]))
    assert answer.status_code == 303
    assert ABUSE in page
    assert "1 other message that says the same was changed with it." in page
    assert _item("b").rank == Level.EVERYTHING
    client.post(_of(_item("b"), "uncorrect"))
    assert ABUSE not in _words(client.get(_talk("a")))
    client.post(_of(_item("c"), "correct"), {"kind": "insult"})
    assert PRAISE not in _words(client.get(_talk("c")))
    assert client.post(_of(_item("c"), "correct"), {"kind": "praise"}).status_code == 400


def test_who_does_not_answer_people_corrects_nothing(
    quay: Channel, ann: Person, eve: Person
) -> None:
    arrive(quay, said(ABUSE, "a"))
    item = _item("a")

    statuses = [
        at_desk(who).post(_of(item, deed), {"kind": ""}).status_code
        for who in (ann, eve) for deed in ("correct", "uncorrect")
    ]  # fmt: skip

    assert statuses == [403, 403, 404, 404]
    assert not Item.objects.filter(corrected=True).exists()
    assert 'data-key="x"' not in _words(at_desk(ann).get(_talk("a")))


def test_a_manager_sets_what_everybody_is_spared(quay: Channel, mia: Person, ada: Person) -> None:
    client = at_desk(mia)
    typed = {"level": "2", "loosest": "1", "pictures": "on"}

    page, answer = client.get(SETUP), client.post(SETUP, typed)

    assert "What each level does" in _words(page)
    assert answer.status_code == 303
    found = default_of(quay.workspace_id)
    assert (found.shield, found.loosest) == (
        Shield(Level.CAREFUL, unscored=False, media=True), Level.ABUSE,
    )  # fmt: skip
    refused = client.post(SETUP, {"level": "0", "loosest": "3"})
    assert refused.status_code == 400
    assert "cannot be milder" in _words(refused)
    assert at_desk(ada).post(SETUP, typed).status_code == 403
    assert WorkspaceShield.objects.get().level == Level.CAREFUL


def test_a_person_chooses_for_themself_and_sees_where_the_bound_is(
    quay: Channel, mia: Person, ada: Person
) -> None:
    at_desk(mia).post(SETUP, {"level": "1", "loosest": "1", "unscored": "on", "pictures": "on"})
    client = at_desk(ada)

    answer = client.post(OWN, {"level": "0", "unscored": "show", "pictures": ""})
    page = _words(client.get(OWN))

    assert answer.status_code == 303
    assert "this workspace lets nobody choose less" in page
    assert shield_of(ada, quay.workspace_id) == Shield(Level.ABUSE, unscored=True, media=True)
    assert OwnShield.objects.get().person == ada
    assert client.post(OWN, {"level": "9"}).status_code == 400


def test_only_oneself_sees_what_one_opened(quay: Channel, ada: Person, mia: Person) -> None:
    arrive(quay, said(ABUSE, "a"))
    for _ in range(3):
        at_desk(ada).post(_of(_item("a"), "reveal/text"), {"request": str(new_id())})
    one = Exposure.objects.order_by("pk").first()
    assert one is not None
    Exposure.objects.filter(pk=one.pk).update(created_at=clock.now() - timedelta(days=3))

    mine, hers = _words(at_desk(ada).get(OWN)), _words(at_desk(mia).get(OWN))

    assert "<dt>Today</dt><dd>2</dd><dt>In seven days</dt><dd>3</dd>" in mine
    assert "<dt>Today</dt><dd>0</dd><dt>In seven days</dt><dd>0</dd>" in hers


def test_praise_comes_after_every_five_conversations_and_after_danger(
    quay: Channel, ada: Person
) -> None:
    arrive(quay, said(QUESTION, "q"), said(PRAISE, "p", by=LEO, minutes=1))
    client = at_desk(ada)

    def next_one(query: str) -> str:
        return client.get(f"{PAGE}next/{query}")["Location"]

    assert next_one("") == f"{_talk('q')}?n=1"
    assert next_one("?n=4") == f"{_talk('q')}?n=5"
    assert next_one("?n=5") == f"{_talk('p')}?n=6"
    assert next_one("?n=x") == f"{_talk('q')}?n=1"
    assert next_one("?category=question&n=5") == _talk("q")
    assert "next/?n=5&amp;past=question~" in _words(client.get(f"{_talk('q')}?n=5"))
    arrive(quay, said(DANGER, "d", minutes=2, by=Author("z", "@z", "Zed")))
    assert next_one("?n=5") == f"{_talk('d')}?n=6"
