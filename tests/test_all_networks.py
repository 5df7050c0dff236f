"""Every installed network through the real product, from the consent page to the proof that a post is
gone: written, approved, sent by the delivery loop, read back, commented by a stranger, answered,
hidden, changed and deleted. What a network does not have is refused or left out, with its reason.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from breakwater.channels.models import Arrival, Channel
from breakwater.channels.selectors import networks
from breakwater.core import clock
from breakwater.core.ids import new_id
from breakwater.delivery.models import Delivery
from breakwater.delivery.places import place_of
from breakwater.delivery.services.talking import Done, Said, act, change, reply
from breakwater.domain.errors import Problem
from breakwater.domain.text import says
from breakwater.networks.base import Can, Deed
from breakwater.publishing import services as publishing
from breakwater.publishing.content import parse
from breakwater.publishing.models import Post
from breakwater.publishing.previews import report
from breakwater.publishing.selectors import can_take_down, deliveries_of
from tests.worlds.desk import Desk
from tests.worlds.every import WORLDS
from tests.worlds.fixtures import desk, world
from tests.worlds.needs import NEEDS, Needs

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

TEXT, ALT = "Fresh mussels tonight — ça va? 🦪", "A bowl of mussels"
THREAD, COMMENT = "And oysters tomorrow.", "Tables: by phone."
ASKED, PUSHED, SAID = "Until when?", "Is there a menu?", "Until ten."


ABILITIES = (
    Can.THREAD, Can.FIRST_COMMENT, Can.EDIT, Can.DELETE, Can.COMMENTS, Can.REVIEWS, Can.REPLY,
    Can.ANSWER_REVIEW, Can.HIDE, Can.PUSH,
)  # fmt: skip


@dataclass(frozen=True)
class Tale:
    """What the story uses of a network. can: what it has of ABILITIES, as its manifest says; the rest
    must be refused or left out.

    needs: medium and options of the post. hides: how a comment that was hidden is proved; "taken"
    where nobody may look. heard: whether strangers are heard where it stands.
    """

    needs: Needs
    can: str
    hides: str = "verified"
    heard: bool = True

    def has(self, can: Can) -> bool:
        return can in self.can.split()


BOWL = Needs("picture")
BLUE = "thread first_comment delete comments reply hide"

TALES: Mapping[str, Tale] = {
    "facebook": Tale(
        BOWL, "thread first_comment edit delete comments reviews reply answer_review hide push"
    ),
    "instagram": Tale(BOWL, "first_comment delete comments reply hide push"),
    "threads": Tale(BOWL, "thread first_comment delete comments reply hide push"),
    "x": Tale(Needs(), "thread first_comment edit delete comments reply hide push", hides="taken"),
    "linkedin": Tale(BOWL, "first_comment edit delete comments reply push"),
    "pinterest": Tale(NEEDS["pinterest"], "edit delete"),
    "youtube": Tale(NEEDS["youtube"], "first_comment edit delete comments reply hide push"),
    "googlebusiness": Tale(BOWL, "edit delete reviews answer_review"),
    "tiktok": Tale(NEEDS["tiktok"], "push"),
    "mastodon": Tale(BOWL, "thread first_comment edit delete comments reply"),
    "bluesky": Tale(BOWL, BLUE),
    "bluesky-server": Tale(BOWL, BLUE, heard=False),
    "sandbox": Tale(
        BOWL, "thread first_comment edit delete comments reviews reply answer_review hide push"
    ),
}
"""Every post is read back and verified. The medium is that which a network wants, or a picture."""


__all__ = ["desk", "world"]  # fixtures


def test_the_table_is_of_every_network_and_as_their_manifests_say() -> None:
    assert set(TALES) == set(WORLDS)
    assert {one.slug for one in WORLDS.values()} == set(networks())
    for name, tale in TALES.items():
        known = networks()[WORLDS[name].slug]
        has = {can for can in ABILITIES if known.allows(can)}
        assert {Can(word) for word in tale.can.split()} == has, name
        assert all(known.can[can].note for can in set(ABILITIES) - has), name


@pytest.mark.parametrize("world", sorted(WORLDS), indirect=True)
def test_a_network_from_the_consent_page_to_the_proof_that_a_post_is_gone(
    desk: Desk, request: pytest.FixtureRequest
) -> None:
    story = Story(desk, TALES[request.node.callspec.params["world"]])

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
        asset = self.tale.needs.asset(self.desk)
        self.post = self.desk.publish(
            self.channel, TEXT, assets=[asset] if asset else [], alt=ALT, thread=[THREAD],
            comment=COMMENT, **self.tale.needs.options,
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
        if not self.tale.heard or not (self._has(Can.COMMENTS) or self._has(Can.REVIEWS)):
            return None
        self.world.says(self.row.remote_id, ASKED)
        came = self.desk.listen(lambda one: ASKED in one.text)

        assert (came.what, came.own) == ("comment" if self._has(Can.COMMENTS) else "review", False)
        assert came.about == (self.row.remote_id if self._has(Can.COMMENTS) else "")
        return came

    def is_answered(self, came: Arrival) -> None:
        said = Said(SAID, arrival_id=came.pk)
        row = reply(self.channel, said, request=new_id(), by=self.desk.ann.pk, now=clock.now())
        self.desk.run_to([row], "verified", "taken")

        assert (row.state, row.commit_calls) == ("verified", 1)
        assert [one for one in self.world.public() if SAID in one]

    def is_hidden(self, came: Arrival) -> None:
        if not self._has(Can.HIDE):
            return
        row = self._hide(Done(Deed.HIDE, arrival_id=came.pk))
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
        """By the service, with the network's reason; and by its own connector, if it is ordered all
        the same."""
        by, own = self.desk.ann.pk, self.row
        said = Said(SAID, to_post=own.remote_id, root=own.remote_id)
        deeds: Mapping[str, tuple[bool, Callable[[], object], Mapping[str, Any]]] = {
            "reply": (
                self._has(Can.REPLY) or self._has(Can.ANSWER_REVIEW),
                lambda: reply(self.channel, said, request=new_id(), by=by, now=clock.now()),
                {**own.payload, "reply_to": own.remote_id, "root": own.remote_id, "to": ""},
            ),
            "act": (
                self._has(Can.HIDE),
                lambda: self._hide(Done(Deed.HIDE, target="1", about=own.remote_id)),
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
            with pytest.raises(Problem, match="cannot_there") as refused:
                ask()
            assert refused.value.data["note"]
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

    def _hide(self, done: Done) -> Delivery:
        return act(self.channel, done, request=new_id(), by=self.desk.ann.pk, now=clock.now())
