"""The practice account in the browser: what strangers see, and what is to go wrong."""

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from asgiref.sync import async_to_sync
from pytest_django import Settings

from breakwater.audit.models import Entry
from breakwater.channels import doors
from breakwater.channels.models import Channel
from breakwater.channels.selectors import guarantee
from breakwater.channels.services.practice import look_round
from breakwater.core.ids import new_id
from breakwater.domain.guarantees import Guarantee
from breakwater.domain.tid import tid
from breakwater.media.services import upload
from breakwater.networks.base import Medium, Parcel
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Role
from breakwater.web.tests.quay import at_desk, member, practice_channel, told

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)


@pytest.fixture
def quay(harbour_workspace: Workspace, ann: Person, tmp_path: Path, settings: Settings) -> Channel:
    settings.NETWORKS_HOME = tmp_path / "networks"
    settings.BLOBS = tmp_path / "blobs"
    return practice_channel(harbour_workspace, ann)


@pytest.fixture
def mia(harbour_workspace: Workspace) -> Person:
    return member(harbour_workspace, Role.MANAGER, name="mia")


def publish(channel: Channel, text: str, *media: Medium) -> str:
    """The post is out at the practice network; its id there."""
    opened = doors.unlock([channel.pk])[channel.pk]
    at = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    parcel = Parcel(new_id().hex, tid(at, 1), at, text, media)

    async def sent() -> str:
        async def keep(_handle: object) -> None: ...

        async with doors.connector(opened) as connector:
            handle = await connector.prepare(parcel, {}, keep)
            return (await connector.commit(parcel, handle)).remote_id

    return async_to_sync(sent)()


def of(channel: Channel) -> str:
    return f"/w/harbour/channels/{channel.pk}/practice/"


def test_posts_are_shown_with_their_comments(ann: Person, quay: Channel) -> None:
    publish(quay, "Fog on the pier.")

    shown = at_desk(ann).get(of(quay)).content.decode()

    assert "Fog on the pier." in shown
    assert "Comments" in shown
    assert "practice/plan/" not in shown  # ann may look, and no more


def test_a_picture_is_shown_with_its_description(
    ann: Person, harbour_workspace: Workspace, quay: Channel, now: datetime
) -> None:
    asset = upload(harbour_workspace.pk, PNG, file_name="a.png", by=ann.pk, now=now)
    publish(quay, "Look.", Medium(asset.sha256, asset.mime, asset.size, 1, 1, "A grey dot."))
    client = at_desk(ann)

    shown = client.get(of(quay)).content.decode()
    picture = client.get(f"{of(quay)}pictures/{asset.sha256}/")
    bytes_shown = b"".join(picture.streaming_content)  # type: ignore[attr-defined]

    assert f'pictures/{asset.sha256}/" alt="A grey dot."' in shown
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/png")
    assert sha256(bytes_shown).hexdigest() == asset.sha256


def test_a_picture_of_somebody_else_is_not_given_out(ann: Person, quay: Channel) -> None:
    assert at_desk(ann).get(f"{of(quay)}pictures/{'0' * 64}/").status_code == 404


def test_a_stranger_comments(mia: Person, quay: Channel) -> None:
    post = publish(quay, "Fog on the pier.")
    typed = {"remote_id": post, "text": "I like fog.", "author": "Somebody"}

    shown = told(at_desk(mia), f"{of(quay)}comment/", typed)

    assert "I like fog." in shown
    assert "Somebody" in shown
    assert Entry.objects.filter(verb="practice.commented", actor_id=mia.pk).count() == 1


def test_an_empty_comment_is_refused_in_words(mia: Person, quay: Channel) -> None:
    post = publish(quay, "Fog on the pier.")

    answer = at_desk(mia).post(f"{of(quay)}comment/", {"remote_id": post, "text": " "})

    assert answer.status_code == 400
    assert not Entry.objects.filter(verb="practice.commented").exists()


def test_a_fault_is_planned_listed_and_cleared(mia: Person, quay: Channel) -> None:
    client = at_desk(mia)

    client.post(f"{of(quay)}plan/", {"kind": "dropped_after", "call": "", "sticky": "on"})
    planned = client.get(of(quay)).content.decode()
    faults = look_round(quay, limit=0).faults
    client.post(f"{of(quay)}clear/")

    assert "<strong>Accepted, but the answer is lost</strong>" in planned
    assert "every time" in planned
    assert [(one.kind, one.sticky) for one in faults] == [("dropped_after", True)]
    assert look_round(quay, limit=0).faults == ()
    verbs = Entry.objects.filter(actor_id=mia.pk).values_list("verb", flat=True)
    assert {"practice.fault_planned", "practice.faults_cleared"} <= set(verbs)


def test_an_unknown_fault_is_refused(mia: Person, quay: Channel) -> None:
    answer = at_desk(mia).post(f"{of(quay)}plan/", {"kind": "meteor"})

    assert answer.status_code == 400
    assert look_round(quay, limit=0).faults == ()


def test_looking_at_the_page_uses_up_no_planned_blindness(mia: Person, quay: Channel) -> None:
    client = at_desk(mia)
    client.post(f"{of(quay)}plan/", {"kind": "blind", "call": ""})

    shown = client.get(of(quay)).content.decode()

    assert "Looking here would use that up" in shown
    assert [one.kind for one in look_round(quay, limit=5).faults] == ["blind"]


def test_the_account_behaves_as_it_is_told_and_the_channel_knows(
    mia: Person, quay: Channel
) -> None:
    answer = at_desk(mia).post(f"{of(quay)}behave/", {"guarantee": "lasting_key"})

    quay.refresh_from_db()
    assert answer.status_code == 303
    assert guarantee(quay) is Guarantee.LASTING_KEY
    assert look_round(quay, limit=0).guarantee is Guarantee.LASTING_KEY
    assert publish(quay, "Once and for ever.")


def test_a_class_that_does_not_exist_is_refused(mia: Person, quay: Channel) -> None:
    answer = at_desk(mia).post(f"{of(quay)}behave/", {"guarantee": "luck"})

    quay.refresh_from_db()
    assert answer.status_code == 400
    assert guarantee(quay) is Guarantee.NONE


def test_a_dead_sign_in_is_said_and_the_plan_can_still_be_cleared(
    mia: Person, quay: Channel
) -> None:
    client = at_desk(mia)
    client.post(f"{of(quay)}plan/", {"kind": "token_dead", "call": "look"})
    client.post(f"/w/harbour/channels/{quay.pk}/check/")

    shown = client.get(of(quay)).content.decode()

    assert "no longer accepts the sign-in of this channel" in shown
    assert "Plan it" in shown


def test_a_disconnected_account_says_how_to_come_back(mia: Person, quay: Channel) -> None:
    client = at_desk(mia)
    client.post(f"/w/harbour/channels/{quay.pk}/disconnect/")

    shown = client.get(of(quay)).content.decode()

    assert "Reconnect it to see the account again." in shown


def test_a_channel_that_is_no_practice_has_no_such_page(mia: Person, quay: Channel) -> None:
    Channel.objects.filter(pk=quay.pk).update(network="bluesky")

    assert at_desk(mia).get(of(quay)).status_code == 404


def test_no_account_is_made_to_look_at_a_page_without_posts(ann: Person, quay: Channel) -> None:
    assert "No post is out" in at_desk(ann).get(of(quay)).content.decode()
