"""Whatever people do in whatever order: only what another person approved can leave."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from threading import Barrier
from uuid import UUID

import pytest
from django.db import OperationalError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.people import make_member, make_person, make_workspace

from breakwater.audit.selectors import verify
from breakwater.channels.models import Channel
from breakwater.core.ids import new_id
from breakwater.delivery.models import Delivery, Worker
from breakwater.delivery.services.claims import claim
from breakwater.delivery.services.incarnations import arrive
from breakwater.domain.errors import Forbidden, Problem
from breakwater.people.models import Person, Policy, Workspace
from breakwater.people.roles import Role
from breakwater.publishing import services
from breakwater.publishing.content import Content, TargetOf
from breakwater.publishing.models import Decision, Post, Target, Version
from breakwater.publishing.rules import Hands, check_may_decide, may_decide
from breakwater.publishing.selectors import approved_now
from breakwater.publishing.tests.conftest import WALL, MakeContent, make_channel

IDS = [new_id() for _ in range(5)]
ROADS = st.lists(
    st.one_of(
        st.sampled_from(["edit", "submit", "yes", "no", "reopen", "move", "cancel", "now", "back"])
        .flatmap(lambda deed: st.tuples(st.just(deed), st.integers(0, 3)))
        .map(lambda one: [one]),
        st.tuples(st.integers(0, 3), st.integers(0, 3)).map(
            lambda who: [("submit", who[0]), ("yes", who[1])]
        ),
    ),
    min_size=2,
    max_size=8,
).map(lambda parts: [one for part in parts for one in part])
"""Deeds, each by one of four people; half of the steps are a submission and a yes."""


@given(
    st.sampled_from(IDS),
    st.tuples(*[st.sampled_from(IDS)] * 3),
    st.sets(st.sampled_from(IDS)),
    st.sampled_from(sorted(Policy.values)),
)
def test_nobody_decides_on_their_own(
    person: UUID, hands: tuple[UUID, UUID, UUID], approvers: set[UUID], policy: str
) -> None:
    own = Hands(policy, *hands)

    allowed = may_decide(person, own, approvers)

    if policy == Policy.ONE:
        assert allowed is (person in approvers and person not in hands)
    else:
        assert allowed is (person in approvers or person in hands)


def test_the_refusal_says_why() -> None:
    hands = Hands(Policy.ONE, *IDS[:3])

    for person, approvers, code in ((IDS[0], IDS, "own_post"), (IDS[4], [], "not_an_approver")):
        with pytest.raises(Forbidden) as refused:
            check_may_decide(person, hands, approvers)
        assert refused.value.code == code


def do(deed: str, post_id: UUID, person: Person, text: str, now: datetime) -> None:
    """One deed of one person on the post as they see it at this moment; or its refusal."""
    post = Post.objects.select_related("version").get(pk=post_id)
    version = post.version
    content = Content(
        text=text, language="en", targets={key: TargetOf() for key in _channels(post)},
        wall=WALL, zone="Europe/Paris",
    )  # fmt: skip
    deeds: dict[str, Callable[[], object]] = {
        "edit": lambda: services.save_draft(
            post.pk, post.workspace_id, post.revision, content, by=person.pk, now=now
        ),
        "submit": lambda: services.submit(post, by=person.pk, now=now),
        "reopen": lambda: services.reopen(post, by=person.pk, now=now),
        "move": lambda: services.move(
            post, f"2026-03-{6 + len(text) % 3:02}T10:00", "UTC", by=person.pk, now=now
        ),
        "cancel": lambda: services.cancel(post, by=person.pk, now=now),
        "now": lambda: services.send_now(post, by=person.pk, now=now),
        "back": lambda: _take_back(version, person, now),
        "yes": lambda: _decide(version, person, now, approved=True),
        "no": lambda: _decide(version, person, now, approved=False),
    }
    try:
        deeds[deed]()
    except Problem:
        return


def _channels(post: Post) -> list[UUID]:
    return list(Channel.objects.filter(workspace_id=post.workspace_id).values_list("pk", flat=True))


def _decide(version: Version | None, person: Person, now: datetime, *, approved: bool) -> None:
    if version is not None:
        services.decide(
            version, by=person.pk, approved=approved, digest=version.digest, comment="…", now=now
        )


def _take_back(version: Version | None, person: Person, now: datetime) -> None:
    if decision := Decision.objects.filter(version=version, revoked_at=None).first():
        services.revoke_approval(decision, by=person.pk, now=now)


def check_laws(post_id: UUID, approvers: set[UUID]) -> None:
    """What can leave was approved as it is, by somebody else, and is what the post wants."""
    post = Post.objects.get(pk=post_id)
    for row in Delivery.objects.exclude(state="cancelled"):
        version = Version.objects.get(pk=row.source)
        target = Target.objects.get(version=version, channel=row.channel)
        assert (row.digest, row.payload) == (target.digest, target.payload)
        assert post.version_id == version.pk
        assert post.state == "scheduled"
        assert row.payload["text"] == post.draft["text"]
        assert row.payload["planned"]["wall"] == post.draft["wall"]
        (yes,) = Decision.objects.filter(
            version=version, about="version", approved=True, revoked_at=None
        )
        assert yes.digest == version.digest
        assert yes.person_id in approvers
        assert yes.person_id not in {post.author_id, version.edited_by_id, version.submitted_by_id}
    leaving = {post.version_id} if post.state == "scheduled" else set()
    assert approved_now(Version.objects.values_list("pk", flat=True)) == leaving


@pytest.mark.slow
@given(ROADS)
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_only_what_another_person_approved_can_leave(
    ann: Person,
    bob: Person,
    eve: Person,
    harbour_workspace: Workspace,
    content: MakeContent,
    now: datetime,
    deeds: list[tuple[str, int]],
) -> None:
    with transaction.atomic():
        owner = make_person("owner")
        make_member(harbour_workspace, owner, Role.OWNER)
        people = [ann, bob, owner, eve]
        post = services.new_post(harbour_workspace.pk, by=ann.pk, now=now, content=content())
        for number, (deed, who) in enumerate(deeds):
            before = Post.objects.get(pk=post.pk).revision
            do(deed, post.pk, people[who], f"Text {number}.", now)
            check_laws(post.pk, {bob.pk, owner.pk})
            if Post.objects.get(pk=post.pk).revision != before:
                assert not approved_now(Version.objects.values_list("pk", flat=True))
                assert not Delivery.objects.exclude(state="cancelled").exists()
        transaction.set_rollback(True)


RACE = ("edit", "submit", "submit", "yes", "yes", "yes", "no", "reopen", "move", "claim")


@dataclass(frozen=True)
class Race:
    """Fifty threads on one post, each with four deeds of random persons."""

    post_id: UUID
    people: list[Person]
    worker: Worker
    now: datetime
    start: Barrier

    def run(self, number: int) -> None:
        chance = random.Random(number)
        try:
            self.start.wait(timeout=60)
            for turn in range(4):
                text = f"Text {number}.{turn}."
                patiently(partial(self.deed, chance.choice(RACE), chance, text))
        finally:
            connection.close()

    def deed(self, deed: str, chance: random.Random, text: str) -> None:
        if deed == "claim":
            self.claim(self.now + timedelta(days=3, hours=chance.randrange(12)))
        else:
            do(deed, self.post_id, chance.choice(self.people), text, self.now)

    def claim(self, due: datetime) -> None:
        for row in claim(self.worker, limit=10, approved=approved_now, now=due).taken:
            version = Version.objects.get(pk=row.source)
            assert row.digest == Target.objects.get(version=version, channel=row.channel).digest


def patiently(deed: Callable[[], None]) -> None:
    """SQLite lets one write at a time and may say "locked" under fifty; then it is asked again."""
    for _ in range(20):
        try:
            deed()
        except OperationalError as error:
            if "locked" not in str(error):
                raise
        else:
            return
    raise AssertionError("twenty times locked")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_let_nothing_unapproved_leave(now: datetime) -> None:
    workspace = make_workspace("Race")
    ann, bob, cat, dan = people = [make_person(name) for name in ("ann", "bob", "cat", "dan")]
    roles = {ann: Role.AUTHOR, bob: Role.APPROVER, cat: Role.OWNER, dan: Role.AUTHOR}
    for person, role in roles.items():
        make_member(workspace, person, role)
    targets = {make_channel(workspace, name, now).pk: TargetOf() for name in ("@one", "@two")}
    content = Content("Fog.", "en", (), targets, WALL, "UTC")
    post = services.new_post(workspace.pk, by=ann.pk, now=now, content=content)
    do("submit", post.pk, ann, "", now)
    do("yes", post.pk, bob, "", now)
    assert len(approved_now(Version.objects.values_list("pk", flat=True))) == 1
    worker = arrive(host="test", pid=1, lock_key=1, now=now)
    race = Race(post.pk, people, worker, now, Barrier(50))

    with ThreadPoolExecutor(50) as pool:
        for done in [pool.submit(race.run, number) for number in range(50)]:
            done.result(timeout=300)

    check_laws(post.pk, {bob.pk, cat.pk})
    standing = Decision.objects.filter(about="version", approved=True, revoked_at=None)
    assert standing.count() == len(approved_now(Version.objects.values_list("pk", flat=True)))
    assert Version.objects.count() > 1
    assert verify(workspace.pk) is None
