"""Answering for a delivery: is it out, send it after all, leave it, take it down."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from breakwater.channels.models import Channel
from breakwater.core import clock
from breakwater.delivery.models import COMMIT_CALLS_FOR_LIFE, Delivery
from breakwater.delivery.selectors import for_sources
from breakwater.domain.walltime import local
from breakwater.people.models import Membership, Person, Workspace
from breakwater.people.roles import Role
from breakwater.publishing.content import Content, TargetOf
from breakwater.publishing.services import decide, new_post, submit, take_down
from breakwater.web.tests.quay import OUT, at_desk, delivery, led, member, told
from breakwater.web.tests.test_delivery_pages import lost, of, quay, seen, words

__all__ = ["lost", "quay"]  # fixtures
Make = Callable[..., Delivery]


@pytest.fixture
def missed(harbour_workspace: Workspace, ann: Person, bob: Person, quay: Channel) -> Delivery:
    """Of a post that ann wrote and bob approved."""
    now = clock.now()
    wall = local(now + timedelta(hours=1), "Europe/Paris").strftime("%Y-%m-%dT%H:%M")
    content = Content(
        text="Fog.", language="en", targets={quay.pk: TargetOf()}, wall=wall, zone="Europe/Paris"
    )
    post = new_post(harbour_workspace.pk, by=ann.pk, now=now, content=content)
    version = submit(post, by=ann.pk, now=now)
    decide(version, by=bob.pk, approved=True, digest=version.digest, now=now)
    return led(for_sources([version.pk])[version.pk][0], "missed", reason="late")


@pytest.fixture
def failed(missed: Delivery) -> Delivery:
    """The network refused it."""
    return led(missed, "queued", "claimed", "failed", reason="not_accepted")


def test_a_missed_post_leaves_when_an_approver_says_so(bob: Person, missed: Delivery) -> None:
    client = at_desk(bob)

    asked = words(client, of(missed))
    told(client, f"{of(missed)}send/")

    missed.refresh_from_db()
    assert "Its time passed before it could leave" in asked
    assert "Send it now" in asked
    assert (missed.state, missed.reason) == ("queued", "")


def test_its_author_is_told_who_can_send_it_late(ann: Person, missed: Delivery) -> None:
    client = at_desk(ann)

    asked = words(client, of(missed))
    refused = client.post(f"{of(missed)}send/")

    missed.refresh_from_db()
    assert "Only an approver can send it now: ask Bob." in asked
    assert "Approving is for approvers" not in asked
    assert f"{of(missed)}send/" not in client.get(of(missed)).content.decode()
    assert (refused.status_code, missed.state) == (403, "missed")


def test_its_author_is_told_who_can_send_what_was_refused_again(
    harbour_workspace: Workspace, ann: Person, failed: Delivery
) -> None:
    member(harbour_workspace, Role.APPROVER, name="kim")

    assert "Only an approver can send it again: ask Bob, Kim." in words(at_desk(ann), of(failed))


def test_an_approver_cannot_send_their_own_and_is_told_who_can(
    ann: Person, failed: Delivery
) -> None:
    Membership.objects.filter(person=ann).update(role=Role.MANAGER)

    said = words(at_desk(ann), of(failed))

    assert "so another approver has to send it: ask Bob." in said


def test_where_nobody_else_can_send_it_the_page_says_so(
    ann: Person, bob: Person, failed: Delivery
) -> None:
    Membership.objects.filter(person=bob).update(role=Role.VIEWER)

    said = words(at_desk(ann), of(failed))

    assert "there is none here. Whoever invites people to this workspace can add one." in said


def test_what_is_not_sent_says_what_becomes_of_it(ann: Person, failed: Delivery) -> None:
    client = at_desk(ann)

    asked = words(client, of(failed))
    told(client, f"{of(failed)}leave/")

    failed.refresh_from_db()
    assert "“Do not send it” cancels this delivery: nothing of it goes to quay." in asked
    assert "The post, its text and its pictures stay here." in asked
    assert "Leave it" not in asked
    assert failed.state == "cancelled"


def test_a_refused_delete_is_left_there(bob: Person, quay: Channel) -> None:
    out = led(delivery(quay, bob), *OUT, remote_id="r1")
    undoing = led(take_down(out, by=bob.pk, now=clock.now()), "claimed", "failed")

    asked = words(at_desk(bob), of(undoing))

    assert "“Leave it there” cancels this delete" in asked
    assert "the post stays on quay." in asked


def test_the_page_leads_to_the_post(bob: Person, missed: Delivery) -> None:
    shown = at_desk(bob).get(of(missed)).content.decode()

    assert "The post&#x27;s page" in shown or "The post's page" in shown
    assert "/w/harbour/posts/" in shown


def test_the_one_that_was_picked_is_read_back_like_any_other(ann: Person, lost: Make) -> None:
    row = lost("several", seen=[seen("r1", "Fog."), seen("r2", "Fog!")])

    told(at_desk(ann), f"{of(row)}answer/", {"answer": "out", "remote_id": "r2"})

    row.refresh_from_db()
    assert (row.state, row.remote_id, row.doubtful) == ("accepted", "r2", False)


def test_a_post_that_was_not_found_cannot_be_picked(ann: Person, lost: Make) -> None:
    row = lost("several", seen=[seen("r1", "Fog.")])

    answer = at_desk(ann).post(f"{of(row)}answer/", {"answer": "out", "remote_id": "r9"})

    row.refresh_from_db()
    assert answer.status_code == 400
    assert row.state == "needs_human"


def test_a_post_of_another_delivery_cannot_be_picked(
    ann: Person, quay: Channel, lost: Make
) -> None:
    led(delivery(quay, ann, "Sun."), *OUT, remote_id="r7")
    row = lost(seen=[seen("r7", "Sun."), seen("r8", "Rain.")])
    client = at_desk(ann)

    shown = client.get(of(row)).content.decode()
    answer = client.post(f"{of(row)}answer/", {"answer": "out", "remote_id": "r7"})

    row.refresh_from_db()
    assert ("Sun." in shown, "Rain." in shown) == (False, True)
    assert (answer.status_code, row.state) == (400, "needs_human")


def test_a_persons_word_is_kept_as_a_persons_word(ann: Person, lost: Make) -> None:
    row = lost()

    shown = told(at_desk(ann), f"{of(row)}answer/", {"answer": "out"})

    row.refresh_from_db()
    assert (row.state, row.reason) == ("verified", "by_person")
    assert "It was not read back by Breakwater." in shown


def test_not_out_means_it_is_sent(ann: Person, lost: Make) -> None:
    row = lost()

    told(at_desk(ann), f"{of(row)}answer/", {"answer": "not_out"})

    row.refresh_from_db()
    assert (row.state, row.doubtful, row.reason) == ("queued", False, "")


def test_left_is_left(ann: Person, lost: Make) -> None:
    row = lost()

    told(at_desk(ann), f"{of(row)}leave/")

    row.refresh_from_db()
    assert row.state == "cancelled"


def test_what_used_up_its_calls_cannot_be_sent_again(ann: Person, lost: Make) -> None:
    row = lost("too_many_tries", commit_calls=COMMIT_CALLS_FOR_LIFE)
    client = at_desk(ann)

    said = words(client, of(row))
    refused = client.post(f"{of(row)}answer/", {"answer": "not_out"})

    row.refresh_from_db()
    assert "It is not out: send it" not in said
    assert "it cannot be sent again from here" in said
    assert refused.status_code == 400
    assert row.state == "needs_human"


def test_an_altered_post_is_not_offered_to_be_sent_twice(ann: Person, lost: Make) -> None:
    said = words(at_desk(ann), of(lost("altered", seen=[seen("r1", "Fog on the pier. ⚓")])))

    assert "Is it fine as it is?" in said
    assert "It is not out: send it" not in said


@pytest.mark.parametrize("said", ["", "perhaps"])
def test_no_answer_is_no_answer(ann: Person, lost: Make, said: str) -> None:
    row = lost()

    answer = at_desk(ann).post(f"{of(row)}answer/", {"answer": said})

    row.refresh_from_db()
    assert (answer.status_code, row.state) == (400, "needs_human")


def test_a_second_answer_comes_too_late_and_says_so(ann: Person, bob: Person, lost: Make) -> None:
    row = lost()
    told(at_desk(bob), f"{of(row)}leave/")

    answer = at_desk(ann).post(f"{of(row)}answer/", {"answer": "not_out"})

    row.refresh_from_db()
    assert answer.status_code == 409
    assert "Somebody or something else was faster" in answer.content.decode()
    assert row.state == "cancelled"


def test_a_verified_post_is_deleted_after_a_warning(bob: Person, quay: Channel) -> None:
    row = led(delivery(quay, bob), *OUT, remote_id="r1")
    client = at_desk(bob)

    asked = words(client, f"{of(row)}delete/")
    before = Delivery.objects.count()
    shown = told(client, f"{of(row)}delete/")

    undoing = Delivery.objects.get(kind="delete")
    assert "cannot be called back" in asked
    assert before == 1
    assert (undoing.source, undoing.payload["remote_id"]) == (row.pk, "r1")
    assert "Delete on quay" in shown
    assert "Its delete" in words(client, of(row))


def test_what_is_deleted_is_called_gone(bob: Person, quay: Channel) -> None:
    out = led(delivery(quay, bob, "Fog."), *OUT, remote_id="r1")
    client = at_desk(bob)
    client.post(f"{of(out)}delete/")
    row = led(Delivery.objects.get(kind="delete"), *OUT)

    said = words(client, of(row))

    assert "We looked, and it is gone from the network." in said
    assert "arrived and read back" not in said
    assert "the network said that there is none" in said
    before = words(client, of(out))
    assert "We looked, and it is gone from the network." in before
    assert "The network has it" not in before


def test_where_a_network_cannot_delete_it_is_said_before_the_click(
    bob: Person, quay: Channel
) -> None:
    row = led(delivery(quay, bob), *OUT, remote_id="r1", remote_url="https://gone.test/1")
    Channel.objects.filter(pk=quay.pk).update(network="gone")
    client = at_desk(bob)

    shown = client.get(of(row)).content.decode()
    asked = client.get(f"{of(row)}delete/").content.decode()
    refused = client.post(f"{of(row)}delete/")

    assert "does not let us delete" in shown
    assert 'href="https://gone.test/1"' in shown
    assert "<button" not in asked.split("<main")[1].split("</main>")[0]
    assert refused.status_code == 400
    assert not Delivery.objects.filter(kind="delete").exists()


def test_an_author_is_not_offered_the_delete(ann: Person, quay: Channel) -> None:
    row = led(delivery(quay, ann), *OUT, remote_id="r1")
    client = at_desk(ann)

    assert "Delete on the network" not in words(client, of(row))
    assert client.post(f"{of(row)}delete/").status_code == 403
    assert not Delivery.objects.filter(kind="delete").exists()


def test_a_delete_that_did_not_work_asks_in_its_own_words(bob: Person, quay: Channel) -> None:
    out = led(delivery(quay, bob, "Fog."), *OUT, remote_id="r1")
    at_desk(bob).post(f"{of(out)}delete/")
    row = Delivery.objects.get(kind="delete")
    led(row, *OUT[:4], "needs_human", reason="still_there", worker=None, seen=[seen("r1", "Fog.")])

    said = words(at_desk(bob), of(row))

    assert "Is the post gone from the network?" in said
    assert "It is still there: delete it again" in said


def test_a_question_says_what_giving_up_means(ann: Person, lost: Make) -> None:
    said = words(at_desk(ann), of(lost()))

    assert "Do not send it" in said
    assert "If you do not, it counts as not out" in said


def test_what_looks_different_is_not_given_up(ann: Person, lost: Make) -> None:
    """It is out: given up, it would count as not out, and could not be deleted from here."""
    said = words(at_desk(ann), of(lost("altered")))

    assert "It is fine as it is" in said
    assert "To delete it there, say first that it is fine" in said
    assert "Do not send it" not in said
