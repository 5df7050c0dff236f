"""A threat is kept before anything makes it go; of an image of a minor nothing but its address is."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from breakwater.audit.models import Entry
from breakwater.channels.models import Arrival, Channel
from breakwater.channels.services.arrivals import record_arrivals
from breakwater.core import crypto
from breakwater.core.ids import new_id
from breakwater.domain.errors import Forbidden, Invalid, NotFound, StaleState
from breakwater.inbox import evidence
from breakwater.inbox.models import Item, Kept, PileState, Rota
from breakwater.inbox.services import guarding, keeping, sealing
from breakwater.inbox.tests.world import NOW, QUESTION, arrive, said
from breakwater.networks.base import Deed, SeenMedium
from breakwater.notices.models import Notice
from breakwater.people.models import Person
from breakwater.people.selectors import Access
from breakwater.scoring.models import SecondOpinion
from breakwater.scoring.texts import hash_of
from breakwater.wellbeing.models import Exposure

pytestmark = pytest.mark.django_db
THREAT = "I know where you live and I will kill you, you are dead"
URL = "https://harbour.example/c/a"
PICTURE = "data:image/png;base64," + "QUJD" * 300


def _came(quay: Channel, text: str = THREAT, **facts: Any) -> Item:
    raw = {"id": "a", "avatar": PICTURE, "blob": "QUJD" * 300, "said": text}
    media = (SeenMedium("https://harbour.example/m/1.png"),)
    arrive(quay, replace(said(text, "a", url=URL, raw=raw, **facts), media=media))
    return _item()


def _item() -> Item:
    return Item.objects.select_related("arrival__channel").get(arrival__remote_id="a")


def _plain(kept: Kept) -> dict[str, object]:
    found: dict[str, object] = json.loads(keeping.opened(kept))
    return found


def test_a_threat_is_kept_as_it_was_sealed_and_without_pictures(
    quay: Channel, ada_at: Access
) -> None:
    kept = keeping.keep(_came(quay), by=ada_at, why="threat", now=NOW)

    found = _plain(kept)

    assert (found["text"], found["url"], found["author_id"]) == (THREAT, URL, "k")
    assert found["raw"] == {
        "id": "a", "avatar": "(left out: bytes of a picture)",
        "blob": "(left out: bytes of a picture)", "said": THREAT,
    }  # fmt: skip
    assert THREAT.encode() not in bytes(kept.sealed)
    assert [one.sound for one in evidence.evidence(quay.workspace_id)] == [True]


def test_kept_again_is_kept_once(quay: Channel, ada_at: Access) -> None:
    item = _came(quay)

    found = {keeping.keep(item, by=ada_at, why="threat", now=NOW).pk for _ in range(2)}

    assert (len(found), Kept.objects.count()) == (1, 1)
    assert Entry.objects.filter(verb="evidence.kept").count() == 1


@pytest.mark.parametrize("deed", [Deed.HIDE, Deed.REMOVE, Deed.REPORT, Deed.BLOCK])
def test_a_threat_is_kept_before_anything_that_makes_it_go(
    quay: Channel, ada_at: Access, deed: Deed
) -> None:
    kept = guarding.keep_before(deed, _came(quay), by=ada_at, now=NOW)

    assert kept is not None
    assert (kept.why, kept.by_id) == ("threat", ada_at.person.pk)


def test_nothing_is_kept_of_a_question_or_before_a_like(quay: Channel, ada_at: Access) -> None:
    threat = _came(quay)
    arrive(quay, said(QUESTION, "q"))
    question = Item.objects.select_related("arrival__channel").get(arrival__remote_id="q")

    assert guarding.keep_before(Deed.LIKE, threat, by=ada_at, now=NOW) is None
    assert guarding.keep_before(Deed.REMOVE, question, by=ada_at, now=NOW) is None
    assert not Kept.objects.exists()


def test_of_an_image_of_a_minor_nothing_but_the_address_is_kept_or_left(
    quay: Channel, ada_at: Access
) -> None:
    item = _came(quay, "look at this", rating=None)

    kept = keeping.keep(item, by=ada_at, why="minor", now=NOW)

    row = Arrival.objects.get()
    assert _plain(kept) == {"address": URL}
    assert kept.address_only
    assert (row.text, row.media, row.raw, row.author["picture"]) == ("", [], {}, "")
    assert (row.remote_id, row.author_id) == ("a", "k")


def test_what_shows_nothing_is_no_image_and_stays(quay: Channel, ada_at: Access) -> None:
    arrive(quay, said(THREAT, "a", url=URL))

    with pytest.raises(Invalid) as refusal:
        keeping.keep(_item(), by=ada_at, why="minor", now=NOW)

    assert refusal.value.code == "kept_shows_nothing"
    assert Arrival.objects.get().text == THREAT
    assert not Kept.objects.exists()
    keeping.keep(_item(), by=ada_at, why="threat", now=NOW)


def test_those_who_look_after_the_workspace_hear_of_an_image_of_a_minor(
    quay: Channel, ada_at: Access, mia_at: Access
) -> None:
    arrive(quay, said(f"{THREAT} https://cove.example/1", "a", url=URL))

    for _ in range(2):
        keeping.keep(_item(), by=ada_at, why="minor", now=NOW)

    told = Notice.objects.get(code="inbox_minor", person=mia_at.person)
    assert told.data == {"channel": str(quay), "who": ada_at.person.name}
    assert not Notice.objects.filter(code="inbox_minor", person=ada_at.person).exists()
    assert Entry.objects.get(verb="evidence.kept").data["category"] == "threat"


def test_nobody_is_asked_any_more_about_the_words_of_an_image_of_a_minor(
    quay: Channel, ada_at: Access
) -> None:
    item, asked = _came(quay, "look at this"), {"scorer": "far", "version": "1", "language": "en"}
    for text in ("look at this", "something else"):
        SecondOpinion.objects.create(
            workspace=quay.workspace, text_hash=hash_of(quay.workspace_id, text), state_at=NOW,
            next_at=NOW, created_at=NOW, sealed=text.encode(), **asked,
        )  # fmt: skip
    PileState.objects.create(workspace=quay.workspace, packed=b"look at this")

    keeping.keep(item, by=ada_at, why="minor", now=NOW)

    assert [bytes(one.sealed or b"") for one in SecondOpinion.objects.all()] == [b"something else"]
    assert not PileState.objects.exists()


def test_what_was_an_image_of_a_minor_does_not_come_back(quay: Channel, ada_at: Access) -> None:
    item = _came(quay, "look at this")
    keeping.keep(item, by=ada_at, why="minor", now=NOW)
    media = (SeenMedium("https://harbour.example/m/1.png"),)

    again = replace(said("look at this", "a", raw={"x": 1}), media=media)
    record_arrivals(quay, [again], now=NOW + timedelta(hours=1))
    other = keeping.keep(_item(), by=ada_at, why="threat", now=NOW)

    row = Arrival.objects.get()
    assert (row.text, row.media, row.raw) == ("", [], {})
    assert [one.why for one in Kept.objects.all()] == ["minor"]
    assert other.address_only


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE inbox_kept SET digest = 'x'",
        "UPDATE inbox_kept SET why = 'crime'",
        "UPDATE inbox_kept SET arrival = 7",
        "DELETE FROM inbox_kept",
    ],
)
def test_the_database_refuses_to_change_what_is_kept(
    quay: Channel, ada_at: Access, change: str
) -> None:
    kept = keeping.keep(_came(quay), by=ada_at, why="threat", now=NOW)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)

    assert Kept.objects.get().digest == kept.digest


def test_something_else_in_its_place_is_found(quay: Channel, ada_at: Access) -> None:
    kept = keeping.keep(_came(quay), by=ada_at, why="threat", now=NOW)
    sealed = bytearray(kept.sealed)
    sealed[-1] ^= 1

    Kept.objects.update(sealed=bytes(sealed))

    assert [one.sound for one in evidence.evidence(quay.workspace_id)] == [False]


def test_sealed_with_a_newer_key_it_is_the_same(quay: Channel, ada_at: Access) -> None:
    keeping.keep(_came(quay), by=ada_at, why="threat", now=NOW)
    crypto.new_key()

    assert sealing.reseal() == (1, 0)
    assert sealing.reseal() == (0, 0)
    assert [one.sound for one in evidence.evidence(quay.workspace_id)] == [True]


def test_to_look_is_an_exposure_and_a_fact(quay: Channel, ada_at: Access, mia_at: Access) -> None:
    kept = keeping.keep(_came(quay), by=ada_at, why="threat", now=NOW)
    click = new_id()

    found = [keeping.look_at(mia_at, kept.pk, request=click, now=NOW)["text"] for _ in range(2)]

    assert found == [THREAT, THREAT]
    assert [(one.person_id, one.subject) for one in Exposure.objects.all()] == [
        (mia_at.person.pk, f"kept:{kept.pk}")
    ]
    assert {one.actor_id for one in Entry.objects.filter(verb="evidence.opened")} == {
        mia_at.person.pk
    }


def test_who_neither_audits_nor_has_duty_sees_nothing(
    quay: Channel, ada_at: Access, eve: Person
) -> None:
    kept = keeping.keep(_came(quay), by=ada_at, why="threat", now=NOW)

    with pytest.raises(Forbidden):
        keeping.look_at(ada_at, kept.pk, request=new_id(), now=NOW)
    assert not Exposure.objects.exists()
    assert not Entry.objects.filter(verb="evidence.opened").exists()

    Rota.objects.create(
        workspace=ada_at.workspace, person=ada_at.person, weekday=0, starts="09:00", ends="18:00",
        duty=True, created_at=NOW,
    )  # fmt: skip
    assert keeping.look_at(ada_at, kept.pk, request=new_id(), now=NOW)["text"] == THREAT


def test_evidence_of_another_workspace_is_nowhere(
    quay: Channel, mia_at: Access, other_workspace: object
) -> None:
    elsewhere = replace(mia_at, workspace=other_workspace)  # type: ignore[arg-type]
    kept = keeping.keep(_came(quay), by=mia_at, why="threat", now=NOW)

    with pytest.raises(NotFound):
        keeping.look_at(elsewhere, kept.pk, request=new_id(), now=NOW)


def test_a_report_to_the_authorities_is_noted_and_never_in_the_future(
    quay: Channel, mia_at: Access
) -> None:
    kept = keeping.keep(_came(quay), by=mia_at, why="threat", now=NOW)

    keeping.note_report(mia_at, kept.pk, reported_at=NOW, reference=" PV  2026/7 ", now=NOW)
    with pytest.raises(Invalid):
        keeping.note_report(
            mia_at, kept.pk, reported_at=NOW + timedelta(days=1), reference="", now=NOW
        )

    row = Kept.objects.get()
    assert (row.reported_at, row.reference) == (NOW, "PV 2026/7")
    assert Entry.objects.get(verb="evidence.reported").data["reference"] == "PV 2026/7"


def test_what_is_erased_cannot_be_kept_any_more(quay: Channel, ada_at: Access) -> None:
    item = _came(quay)
    Arrival.objects.update(erased_at=NOW)

    with pytest.raises(StaleState):
        keeping.keep(_item(), by=ada_at, why="threat", now=NOW)

    assert not Kept.objects.exists()
    assert item.pk == _item().pk
