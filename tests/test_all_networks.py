"""Every installed network through the real product, from the consent page to the proof that a post is
gone: written, approved, sent by the delivery loop, read back, commented by a stranger, answered,
hidden, changed and deleted. What a network does not have is refused or left out, with its reason.
"""

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pytest_django import Settings

from breakwater.channels.models import Arrival, Channel
from breakwater.channels.selectors import networks
from breakwater.core import clock
from breakwater.core.ids import new_id
from breakwater.delivery.models import Delivery
from breakwater.delivery.places import place_of
from breakwater.delivery.services import Answer, answer, change, do
from breakwater.domain.errors import Problem
from breakwater.domain.text import says
from breakwater.media.models import Asset
from breakwater.networks.base import Can
from breakwater.people.models import Person, Workspace
from breakwater.publishing import services as publishing
from breakwater.publishing.content import parse
from breakwater.publishing.models import Post
from breakwater.publishing.previews import report
from breakwater.publishing.selectors import can_take_down, deliveries_of
from tests.filmed import video
from tests.standins.pinterest.standin import MENUS
from tests.worlds.desk import Desk
from tests.worlds.every import WORLDS
from tests.worlds.world import World

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

TEXT, ALT = "Fresh mussels tonight — ça va? 🦪", "A bowl of mussels"
THREAD, COMMENT = "And oysters tomorrow.", "Tables: by phone."
ASKED, PUSHED, SAID = "Until when?", "Is there a menu?", "Until ten."


ABILITIES = (
    Can.THREAD, Can.FIRST_COMMENT, Can.EDIT, Can.DELETE, Can.COMMENTS, Can.REVIEWS, Can.REPLY,
    Can.ANSWER_REVIEW, Can.HIDE, Can.PUSH,
)  # fmt: skip
FILM = {"title": "Mussels", "kids": "no"}
PIN = {"board": MENUS, "title": "Mussels", "link": "https://quay.example/menu"}
SEEN = {"privacy": "PUBLIC_TO_EVERYONE", "consent": True}


@dataclass(frozen=True)
class Tale:
    """What the story uses of a network. media: "picture", "film" or "" for words alone.

    hides: how a comment that was hidden is proved; "taken" where nobody may look. can: what it has of
    ABILITIES, as its manifest says; the rest must be refused or left out.
    """

    media: str
    options: Mapping[str, str | bool]
    can: str
    hides: str = "verified"

    def has(self, can: Can) -> bool:
        return can in self.can.split()


TALES: Mapping[str, Tale] = {
    "facebook": Tale(
        "picture", {}, "thread first_comment edit delete comments reviews reply answer_review hide push"
    ),
    "instagram": Tale("picture", {}, "first_comment delete comments reply hide push"),
    "threads": Tale("picture", {}, "thread first_comment delete comments reply hide push"),
    "x": Tale("", {}, "thread first_comment edit delete comments reply hide push", hides="taken"),
    "linkedin": Tale("picture", {}, "first_comment edit delete comments reply push"),
    "pinterest": Tale("picture", PIN, "edit delete"),
    "youtube": Tale("film", FILM, "first_comment edit delete comments reply hide push"),
    "googlebusiness": Tale("picture", {}, "edit delete reviews answer_review"),
    "tiktok": Tale("film", SEEN, "push"),
    "mastodon": Tale("picture", {}, "thread first_comment edit delete comments reply"),
}  # fmt: skip
"""Every post is read back and verified; where TikTok's is, it is by the video that it became."""


@pytest.fixture
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    with WORLDS[request.param]().standing() as standing:
        yield standing


@pytest.fixture
def desk(
    world: World, harbour_workspace: Workspace, ann: Person, bob: Person, tmp_path: Path,
    settings: Settings,
) -> Desk:  # fmt: skip
    return Desk.at(world, harbour_workspace, ann, bob, tmp_path, settings)


def test_the_table_is_of_every_network_and_as_their_manifests_say() -> None:
    assert set(TALES) == set(WORLDS) == set(networks())
    for slug, known in networks().items():
        has = {can for can in ABILITIES if known.allows(can)}
        assert {Can(word) for word in TALES[slug].can.split()} == has, slug
        assert all(known.can[can].note for can in set(ABILITIES) - has), slug


@pytest.mark.parametrize("world", sorted(WORLDS), indirect=True)
def test_a_network_from_the_consent_page_to_the_proof_that_a_post_is_gone(desk: Desk) -> None:
    story = Story(desk, TALES[desk.world.slug])

    story.is_connected()
    story.a_post_leaves_and_is_proved()
    if came := story.a_stranger_is_heard():
        story.is_answered(came)
        story.is_hidden(came)
    story.a_push_is_believed_if_it_is_signed()
    story.the_post_is_changed()
    story.what_it_has_not_is_refused()
    story.the_post_is_deleted_with_proof()


class Story:
    """One network's. Each step says what is true after it."""

    channel: Channel
    post: Post

    def __init__(self, desk: Desk, tale: Tale) -> None:
        self.desk, self.tale, self.world = desk, tale, desk.world

    def is_connected(self) -> None:
        self.channel = self.desk.connect()

        assert (self.channel.network, self.channel.state) == (self.world.slug, "connected")

    def a_post_leaves_and_is_proved(self) -> None:
        """With what follows it, where the network has such a thing; what is left out was said."""
        self.post = self.desk.publish(
            self.channel, TEXT, assets=self._media(), alt=ALT, thread=[THREAD], comment=COMMENT,
            **self.tale.options,
        )  # fmt: skip
        rows = deliveries_of(self.post)
        self.desk.run_to(rows, "verified", "taken")

        wanted = [TEXT]
        wanted += [THREAD] if self._has(Can.THREAD) else []
        wanted += [COMMENT] if self._has(Can.FIRST_COMMENT) else []
        assert [row.payload["text"] for row in sorted(rows, key=lambda row: row.part)] == wanted
        assert {row.state for row in rows} == {"verified"}
        assert [row.commit_calls for row in rows] == [1] * len(rows)
        assert len(self.world.gate.commits) == len(rows)  # one request each
        assert {row.reply_to for row in rows if row.part} <= {self.row.remote_id}
        assert sorted(self.world.public()) == sorted(wanted)
        said = report(self.desk.workspace.pk, parse(self.post.draft), now=clock.now())
        left_out = {Can.THREAD: "thread_left_out", Can.FIRST_COMMENT: "comment_left_out"}
        codes = {one.code for one in said.findings} & set(left_out.values())
        assert codes == {code for can, code in left_out.items() if not self._has(can)}

    def a_stranger_is_heard(self) -> Arrival | None:
        """Through the reading loop; None where a program hears nobody."""
        if not (self._has(Can.COMMENTS) or self._has(Can.REVIEWS)):
            return None
        self.world.says(self.row.remote_id, ASKED)
        came = self.desk.listen(lambda one: ASKED in one.text)

        assert (came.what, came.own) == ("comment" if self._has(Can.COMMENTS) else "review", False)
        assert came.about == (self.row.remote_id if self._has(Can.COMMENTS) else "")
        return came

    def is_answered(self, came: Arrival) -> None:
        said = Answer(SAID, to_post=came.remote_id, root=came.about)
        row = answer(self.channel, said, request=new_id(), by=self.desk.ann.pk, now=clock.now())
        self.desk.run_to([row], "verified", "taken")

        assert (row.state, row.commit_calls) == ("verified", 1)
        assert [one for one in self.world.public() if SAID in one]

    def is_hidden(self, came: Arrival) -> None:
        if not self._has(Can.HIDE):
            return
        row = self._do("hide", came)
        self.desk.run_to([row], "verified", "taken")

        assert (row.state, self.world.hidden()) == (self.tale.hides, [came.text])

    def a_push_is_believed_if_it_is_signed(self) -> None:
        if not self._has(Can.PUSH):
            assert self.desk.hook({}, b"{}") in (403, 404)
            return
        headers, body = self.world.pushes(self.row.remote_id, PUSHED)
        known = Arrival.objects.count()

        assert self.desk.hook(headers, body + b" ") == 403
        assert self.desk.hook({}, body) == 403
        assert Arrival.objects.count() == known
        assert self.desk.hook(headers, body) == 200
        assert self.desk.hook(headers, body) == 200
        if self._has(Can.COMMENTS) and self.world.slug != "youtube":
            assert Arrival.objects.filter(text__contains=PUSHED).count() == 1
        self.desk.listen(lambda one: PUSHED in one.text)
        assert Arrival.objects.filter(text__contains=PUSHED).count() == 1

    def the_post_is_changed(self) -> None:
        """Its words only; it is one post as before, under whatever id it has now."""
        if not self._has(Can.EDIT):
            return
        row = change(self.row, f"{TEXT}!", request=new_id(), by=self.desk.ann.pk, now=clock.now())
        self.desk.run_to([row], "verified", "taken")

        there = place_of(self.row).remote_id
        seen = self.desk.read(self.channel, there)
        assert (row.state, row.remote_id) == ("verified", there)
        assert seen is not None
        assert says(seen.text, f"{TEXT}!", seen.spellings)
        assert [one for one in self.world.public() if TEXT in one] == [f"{TEXT}!"]

    def what_it_has_not_is_refused(self) -> None:
        """By the service, with a sentence; and by the network's own connector, if it is ordered all
        the same."""
        by, own = self.desk.ann.pk, self.row
        said = Answer(SAID, to_post=own.remote_id, root=own.remote_id)
        deeds: Mapping[str, tuple[bool, Callable[[], object], Mapping[str, Any]]] = {
            "reply": (
                self._has(Can.REPLY) or self._has(Can.ANSWER_REVIEW),
                lambda: answer(self.channel, said, request=new_id(), by=by, now=clock.now()),
                {**own.payload, "reply_to": own.remote_id, "root": own.remote_id, "to": ""},
            ),
            "act": (
                self._has(Can.HIDE),
                lambda: self._do("hide", Arrival(remote_id="1", about=own.remote_id)),
                {"deed": "hide", "target": "1", "about": own.remote_id, "detail": {}},
            ),
            "edit": (
                self._has(Can.EDIT),
                lambda: change(own, "Other words", request=new_id(), by=by, now=clock.now()),
                {**own.payload, "text": "Other words", "remote_id": own.remote_id},
            ),
        }
        before = self.world.public()
        for kind, (has, ask, payload) in deeds.items():
            if has:
                continue
            with pytest.raises(Problem, match="unsupported"):
                ask()
            row = self.desk.order(self.channel, kind, payload)
            self.desk.run_to([row], "failed", "verified", "taken", "needs_human")
            assert (kind, row.state, row.reason) == (kind, "failed", "unsupported")
        assert self.world.public() == before

    def the_post_is_deleted_with_proof(self) -> None:
        rows = [row for row in deliveries_of(self.post) if row.kind == "publish"]
        if not self._has(Can.DELETE):
            assert not can_take_down(self.row)
            with pytest.raises(Problem, match="delete_unsupported"):
                publishing.take_down(self.row, by=self.desk.bob.pk, now=clock.now())
            return
        undoing = [
            publishing.take_down(row, by=self.desk.bob.pk, now=clock.now())
            for row in sorted(rows, key=lambda row: -row.part)
        ]
        self.desk.run_to(undoing, "verified", "taken")

        assert {row.state for row in undoing} == {"verified"}
        assert [self.desk.read(self.channel, row.remote_id) for row in undoing] == [None] * len(
            rows
        )
        left = self.world.public()
        assert not [one for one in left if one.startswith(("Fresh", "And oysters", "Tables"))]

    @property
    def row(self) -> Delivery:
        """The post's own."""
        found = [one for one in deliveries_of(self.post) if one.kind == "publish"]
        return min(found, key=lambda one: one.part)

    def _has(self, can: Can) -> bool:
        return self.tale.has(can)

    def _media(self) -> Sequence[Asset]:
        if not self.tale.media:
            return ()
        if self.tale.media == "film":
            return (self.desk.asset(video(seconds=5.0, size=(360, 640)), "quay.mp4"),)
        out = io.BytesIO()
        Image.radial_gradient("L").resize((640, 640)).convert("RGB").save(out, "PNG")
        return (self.desk.asset(out.getvalue(), "bowl.png"),)

    def _do(self, deed: str, came: Arrival) -> Delivery:
        return do(
            self.channel, deed, came.remote_id, about=came.about, request=new_id(),
            by=self.desk.ann.pk, now=clock.now(),
        )  # fmt: skip
