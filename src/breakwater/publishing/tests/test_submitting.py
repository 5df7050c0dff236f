"""Submitting freezes exactly what was shown, and asks those who may decide."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from PIL import Image
from tests.people import MakeMember, MakePerson

from breakwater.audit.models import Entry
from breakwater.channels.models import Channel
from breakwater.delivery.models import Delivery
from breakwater.domain.errors import Invalid, StaleState
from breakwater.domain.parcels import digest_of, digest_of_all
from breakwater.media.services import upload
from breakwater.notices.models import Notice
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Role
from breakwater.publishing import services
from breakwater.publishing.content import MediumOf, TargetOf
from breakwater.publishing.models import Decision, Post, Target, Version
from breakwater.publishing.previews import preview
from breakwater.publishing.selectors import approved_now
from breakwater.publishing.tests.conftest import WALL, MakeContent


def a_picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 30), "navy").save(out, "PNG")
    return out.getvalue()


def test_a_version_is_what_was_shown(
    harbour_workspace: Workspace,
    ann: Person,
    quay: Channel,
    pier: Channel,
    content: MakeContent,
    now: datetime,
) -> None:
    asset = upload(harbour_workspace.pk, a_picture(), file_name="sea.png", by=ann.pk, now=now)
    written = content(
        media=(MediumOf(asset.pk, "The sea."),),
        targets={quay.pk: TargetOf(), pier.pk: TargetOf("Own.", {})},
    )
    post = services.new_post(harbour_workspace.pk, by=ann.pk, now=now, content=written)
    shown = preview(post, now=now)

    version = services.submit(post, by=ann.pk, now=now, confirmed_digest=shown.digest)

    payload = {
        "text": "Own.",
        "language": "en",
        "media": [
            {
                "sha256": asset.sha256,
                "mime": asset.mime,
                "size": asset.size,
                "width": 40,
                "height": 30,
                "alt": "The sea.",
            }
        ],
        "form": "pictures",
        "options": {},
        "planned": {"wall": WALL, "zone": "Europe/Paris"},
    }
    target = Target.objects.get(version=version, channel=pier)
    assert target.payload == payload
    assert target.digest == digest_of("publish", pier.pk, payload)
    kept = {
        (one.channel_id, one.part): one.digest for one in Target.objects.filter(version=version)
    }
    assert version.digest == shown.digest == digest_of_all(kept)
    assert (version.number, version.policy, version.submitted_by) == (1, "one", ann)
    assert version.planned_at == datetime(2026, 3, 5, 8, 30, tzinfo=UTC)


def test_a_time_that_an_option_asks_for_is_frozen_as_an_instant(
    harbour_workspace: Workspace, ann: Person, quay: Channel, content: MakeContent, now: datetime
) -> None:
    asset = upload(harbour_workspace.pk, a_picture(), file_name="sea.png", by=ann.pk, now=now)
    options = {"form": "story", "until": "2026-07-06T09:30"}
    written = content(
        media=(MediumOf(asset.pk, "The sea."),), targets={quay.pk: TargetOf(None, options)}
    )
    post = services.new_post(harbour_workspace.pk, by=ann.pk, now=now, content=written)

    version = services.submit(post, by=ann.pk, now=now)

    sent = Target.objects.get(version=version).payload["options"]
    assert sent == {"until": "2026-07-06T07:30:00+00:00"}


def test_those_who_may_decide_are_told(
    draft: Post,
    ann: Person,
    bob: Person,
    eve: Person,
    harbour_workspace: Workspace,
    member_factory: MakeMember,
    person_factory: MakePerson,
    now: datetime,
) -> None:
    member_factory(harbour_workspace, eve, Role.VIEWER)
    owner = person_factory("owner")
    member_factory(harbour_workspace, owner, Role.OWNER)

    version = services.submit(draft, by=owner.pk, now=now)

    assert version.post.state == "in_review"
    assert version.post.version == version
    told = Notice.objects.get()
    assert (told.person, told.code) == (bob, "asked_to_approve")
    assert told.data == {"post": "Fog on the pier.", "who": "Owner"}
    assert told.path == f"/w/harbour/posts/{draft.pk}/"
    assert Delivery.objects.count() == 0
    assert approved_now([version.pk]) == set()


def test_findings_stop_it(draft: Post, ann: Person, content: MakeContent, now: datetime) -> None:
    long = services.save_draft(
        draft.pk, draft.workspace_id, 1, content("x" * 501), by=ann.pk, now=now
    )

    with pytest.raises(Invalid) as refused:
        services.submit(long, by=ann.pk, now=now)

    assert refused.value.code == "findings_stop"
    found = refused.value.data["findings"]
    assert isinstance(found, list)
    assert [one.code for one in found] == ["text_too_long"]
    assert not Version.objects.exists()
    assert not Notice.objects.exists()


def test_a_draft_that_changed_meanwhile_is_not_submitted(
    draft: Post, ann: Person, bob: Person, content: MakeContent, now: datetime
) -> None:
    services.save_draft(draft.pk, draft.workspace_id, 1, content("bob's"), by=bob.pk, now=now)

    with pytest.raises(StaleState) as refused:
        services.submit(draft, by=ann.pk, now=now)

    assert refused.value.code == "edited_elsewhere"
    assert not Version.objects.exists()


def test_it_is_submitted_once(submitted: Version, draft: Post, ann: Person, now: datetime) -> None:
    with pytest.raises(StaleState) as refused:
        services.submit(draft, by=ann.pk, now=now)

    assert refused.value.code == "not_a_draft"
    assert Version.objects.get() == submitted
    assert Notice.objects.count() == 1


def test_a_time_that_has_passed_since_stops_it(draft: Post, ann: Person, now: datetime) -> None:
    with pytest.raises(Invalid):
        services.submit(draft, by=ann.pk, now=now + timedelta(days=4))

    assert not Version.objects.exists()


def test_alone_the_author_sees_the_digest_and_confirms(
    alone: Workspace, draft: Post, ann: Person, now: datetime
) -> None:
    with pytest.raises(Invalid) as asked:
        services.submit(draft, by=ann.pk, now=now)
    shown = preview(draft, now=now).digest
    assert asked.value.data == {"code": "confirmation_needed", "digest": shown}
    assert not Version.objects.exists()

    version = services.submit(draft, by=ann.pk, now=now, confirmed_digest=shown)

    assert (version.post.state, version.policy) == ("scheduled", "none")
    decision = Decision.objects.get()
    assert (decision.person, decision.approved, decision.digest) == (ann, True, shown)
    row = Delivery.objects.get()
    assert (row.source, row.due_at) == (version.pk, datetime(2026, 3, 5, 8, 30, tzinfo=UTC))
    assert approved_now([version.pk]) == {version.pk}
    assert not Notice.objects.exists()
    verbs = list(Entry.objects.filter(subject_id=draft.pk).values_list("verb", flat=True))
    assert verbs == ["post.written", "post.approved", "post.scheduled"]


def test_alone_another_digest_is_not_confirmed(
    alone: Workspace, draft: Post, ann: Person, now: datetime
) -> None:
    with pytest.raises(StaleState) as refused:
        services.submit(draft, by=ann.pk, now=now, confirmed_digest="0" * 64)

    assert refused.value.code == "digest_changed"
    assert not Version.objects.exists()
    assert not Delivery.objects.exists()


def test_a_picture_that_is_gone_from_the_disk_stops_it(
    harbour_workspace: Workspace, ann: Person, content: MakeContent, now: datetime
) -> None:
    asset = upload(harbour_workspace.pk, a_picture(), file_name="sea.png", by=ann.pk, now=now)
    type(asset).objects.filter(pk=asset.pk).update(sha256="0" * 64, size=9_000_000)
    written = content(media=(MediumOf(asset.pk, "The sea."),))
    post = services.new_post(harbour_workspace.pk, by=ann.pk, now=now, content=written)

    shown = preview(post, now=now)

    assert [one.code for one in shown.report.stops] == ["blob_missing"]
    assert (shown.parts, shown.digest) == ((), "")
