"""A statement that is edited as a post still says what it has to say; whoever may not edit it keeps what
they typed."""

from pathlib import Path

import pytest
from django.urls import reverse
from pytest_django import Settings

from breakwater.channels.models import Channel
from breakwater.core import clock
from breakwater.core.ids import new_id
from breakwater.delivery.models import Delivery
from breakwater.domain.errors import Invalid
from breakwater.incidents.services import saying
from breakwater.incidents.services.opening import Opening, open_incident
from breakwater.incidents.tests.test_saying import APOLOGY
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Right
from breakwater.people.selectors import access
from breakwater.publishing.models import Post, Version
from breakwater.publishing.selectors import deliveries_of
from breakwater.publishing.services import decide, reopen
from breakwater.publishing.services.rewording import reword
from breakwater.publishing.tests.conftest import out
from breakwater.web.tests.drafts import channel, wall
from breakwater.web.tests.quay import at_desk, member
from breakwater.web.tests.typed import TYPED, form

pytestmark = pytest.mark.django_db
WHOLE = "\n\n".join(APOLOGY.values())
SHORT = "A statement of this kind says 5 things, each in a paragraph of its own. This one has 2."
CLAIMS = "It says that somebody broke in (hacked), and nothing was named that shows it."


@pytest.fixture
def quay(harbour_workspace: Workspace, tmp_path: Path, settings: Settings) -> Channel:
    settings.BLOBS = tmp_path / "blobs"
    return channel(harbour_workspace, "@quay")


@pytest.fixture
def cleo(harbour_workspace: Workspace) -> Person:
    return member(harbour_workspace, "approver", name="cleo")


def written(by: Person, quay: Channel, proof: str = "") -> Post:
    granted, now = access(by, "harbour", Right.RESPOND), clock.now()
    case = open_incident(granted, Opening("bad_post", "A joke"), now=now)
    draft = saying.Draft("apology", "en", APOLOGY, (quay.pk,), proof=proof)
    return saying.write(granted, case, draft, now=now).post


def again(by: Person, quay: Channel, proof: str = "") -> Post:
    """A draft once more."""
    return reopen(Post.objects.get(pk=written(by, quay, proof).pk), by=by.pk, now=clock.now())


def typed(post: Post, quay: Channel, text: str, **more: str) -> dict[str, object]:
    return form(
        text=text,
        revision=str(post.revision),
        channel=str(quay.pk),
        wall=wall(),
        language="en",
        **more,
    )


def test_fewer_parts_or_a_break_in_without_proof_are_said_while_typing_and_not_submitted(
    bob: Person, cleo: Person, quay: Channel
) -> None:
    post, client = again(bob, quay), at_desk(bob)
    there = reverse("post-edit", args=["harbour", post.pk])

    live = client.post(there, typed(post, quay, "We were hacked.\n\nSorry."), headers=TYPED)
    page = live.content.decode()
    refused = client.post(reverse("post-check", args=["harbour", post.pk]), {"digest": ""})

    assert live.status_code == 200
    assert SHORT in page
    assert CLAIMS in page
    assert refused.status_code == 400
    assert SHORT in refused.content.decode()
    assert Version.objects.count() == 1
    assert Post.objects.get(pk=post.pk).state == "draft"


def test_other_words_in_all_five_parts_are_submitted(
    bob: Person, cleo: Person, quay: Channel
) -> None:
    post, client = again(bob, quay), at_desk(bob)
    there = reverse("post-edit", args=["harbour", post.pk])

    page = client.post(
        there, typed(post, quay, WHOLE.replace("child", "person")), headers=TYPED
    ).content.decode()
    client.post(reverse("post-check", args=["harbour", post.pk]), _digest(client, post))

    assert "A statement of this kind" not in page
    assert Post.objects.get(pk=post.pk).state == "in_review"


def test_the_words_of_one_channel_alone_are_held_to_it_too(
    bob: Person, cleo: Person, quay: Channel
) -> None:
    post, client = again(bob, quay), at_desk(bob)
    own = {f"own-{quay.pk}": "1", f"text-{quay.pk}": "Sorry.\n\nAgain."}

    page = client.post(
        reverse("post-edit", args=["harbour", post.pk]),
        typed(post, quay, WHOLE, **own),
        headers=TYPED,
    ).content.decode()

    assert SHORT in page


def test_what_was_proved_may_still_be_said(bob: Person, cleo: Person, quay: Channel) -> None:
    post, client = again(bob, quay, proof="A sign-in from elsewhere."), at_desk(bob)

    page = client.post(
        reverse("post-edit", args=["harbour", post.pk]),
        typed(post, quay, f"{WHOLE}\n\nWe were hacked."), headers=TYPED,
    ).content.decode()  # fmt: skip

    assert "somebody broke in" not in page


def test_what_is_out_is_not_reworded_into_a_claim(bob: Person, cleo: Person, quay: Channel) -> None:
    post = Post.objects.get(pk=written(bob, quay).pk)
    assert post.version is not None
    decide(post.version, by=cleo.pk, approved=True, digest=post.version.digest, now=clock.now())
    (row,) = deliveries_of(Post.objects.get(pk=post.pk))
    out(row, now=clock.now())

    with pytest.raises(Invalid, match="statement_claims"):
        reword(row, "We were hacked.", request=new_id(), by=cleo.pk, now=clock.now())

    assert not Delivery.objects.filter(kind="edit").exists()


def test_who_does_not_respond_keeps_what_they_typed(
    ann: Person, bob: Person, cleo: Person, quay: Channel
) -> None:
    post, client = again(bob, quay), at_desk(ann)
    there, sent = (
        reverse("post-edit", args=["harbour", post.pk]),
        typed(post, quay, "Buy our coin."),
    )

    page = client.post(there, sent)
    quietly = client.post(there, sent, headers=TYPED)
    offered = client.get(reverse("post", args=["harbour", post.pk])).content.decode()

    refusal = "This is a statement of an incident"
    assert (page.status_code, quietly.status_code) == (403, 403)
    assert refusal in page.content.decode()
    assert "Buy our coin.</textarea>" in page.content.decode()
    assert refusal in quietly.content.decode()
    assert "HX-Retarget" not in quietly
    assert Post.objects.get(pk=post.pk).draft == post.draft
    assert there not in offered
    assert there in at_desk(bob).get(reverse("post", args=["harbour", post.pk])).content.decode()


def _digest(client: object, post: Post) -> dict[str, str]:
    page = client.get(reverse("post-check", args=["harbour", post.pk])).content.decode()  # type: ignore[attr-defined]
    return {"digest": page.split('name="digest" value="')[1].split('"')[0]}
