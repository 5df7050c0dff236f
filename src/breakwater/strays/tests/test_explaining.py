"""Which posts on our accounts wake somebody, and which do not."""

from datetime import time, timedelta

import pytest
from django.db.models.signals import post_init

from breakwater.audit.models import Entry
from breakwater.channels.models import Channel, Cursor
from breakwater.delivery.models import Delivery, Hold, Worker
from breakwater.domain.likeness import Likeness
from breakwater.domain.text import wording
from breakwater.notices.models import Notice
from breakwater.people.models import Person, Workspace
from breakwater.publishing.models import Decision, Post, Target, Version
from breakwater.strays.explaining import Verdict, Words, explain
from breakwater.strays.models import Alarm, Sighting
from breakwater.strays.services import add_rule, judging
from breakwater.strays.services.rules import Wish
from breakwater.strays.tests.world import NOW, channel_of, ordered, out, post, seen, shows, watch

pytestmark = pytest.mark.django_db


def worker() -> Worker:
    return Worker.objects.create(host="h", pid=1, lock_key=7, seen_at=NOW, created_at=NOW)


def told(code: str) -> int:
    return Notice.objects.filter(code=code).count()


def test_a_post_that_nobody_here_sent_is_an_alarm_for_who_may_respond(
    quay: Channel, mia: Person
) -> None:
    shows(quay, post("Free money for all", "x1"))

    alarm = Alarm.objects.get()
    (stray,) = Sighting.objects.all()
    assert (stray.state, stray.code, stray.alarm_id) == ("stray", "nobody_here", alarm.pk)
    assert alarm.told_at == NOW
    notice = Notice.objects.get(code="alarm", person=mia)
    assert notice.path == f"/w/{quay.workspace.slug}/alarms/{alarm.pk}/"
    assert "money" not in str(notice.data)
    assert Entry.objects.filter(verb="alarm.opened").count() == 1


def test_55_strays_are_one_alarm_and_one_notice_for_each_person(quay: Channel, mia: Person) -> None:
    for first in range(0, 55, 11):
        some = range(first, first + 11)
        shows(quay, *(post(f"Sold to somebody else {number}", f"x{number}") for number in some))

    alarm = Alarm.objects.get()
    assert alarm.sightings.filter(state="stray").count() == 55
    assert Notice.objects.filter(code="alarm", person=mia).count() == 1


def test_the_same_post_seen_again_is_the_same_sighting(quay: Channel, mia: Person) -> None:
    shows(quay, post("Free money", "x1"))
    shows(quay, post("Free money", "x1"), now=NOW + timedelta(minutes=1))

    assert seen() == [("post", "x1", "stray")]


def test_what_the_account_showed_before_is_not_judged_whatever_its_date(
    harbour_workspace: Workspace, mia: Person
) -> None:
    channel = channel_of(harbour_workspace, "2")
    Cursor.objects.filter(channel=channel).delete()
    channel.watched.delete()
    Cursor.objects.create(channel=channel, source="own_posts", next_at=NOW, created_at=NOW)
    shows(channel, post("An old one", "old"))
    Cursor.objects.filter(channel=channel).update(read_at=NOW, next_at=NOW + timedelta(minutes=1))
    later = NOW + timedelta(seconds=5)

    shows(channel, post("Backdated", "new", at=NOW - timedelta(days=400)), now=later)

    assert seen() == [("post", "new", "stray")]


def test_what_left_from_here_is_no_sighting(quay: Channel, ann: Person) -> None:
    out(quay, "Fog on the pier.", "p1", ann)

    shows(quay, post("Fog on the pier.", "p1"))

    assert seen() == []
    assert not Alarm.objects.exists()


def test_a_record_key_of_ours_is_enough_before_the_answer_is_stored(
    quay: Channel, ann: Person
) -> None:
    row = ordered(
        quay, "Fog", ann, state="sending", worker=worker(), first_sent_at=NOW, commit_calls=1
    )

    shows(quay, post("Fog, as the network writes it", f"at://did/app.post/{row.record_key}"))

    assert seen() == []


def test_a_post_that_arrives_before_the_answer_of_our_call_waits_and_wakes_nobody(
    quay: Channel, ann: Person, mia: Person
) -> None:
    row = ordered(quay, "Fog on the pier.", ann, state="sending", worker=worker(), commit_calls=1)
    shows(quay, post("Fog on the pier.", "p1"))
    assert seen() == [("post", "p1", "waits")]

    Delivery.objects.filter(pk=row.pk).update(state="accepted", remote_id="p1", worker=None)
    watch(NOW + timedelta(seconds=3))

    assert seen() == [("post", "p1", "explained")]
    assert not Notice.objects.exists()


def test_where_the_answer_never_comes_people_are_asked_and_nobody_is_woken(
    quay: Channel, ann: Person, mia: Person
) -> None:
    ordered(quay, "Fog on the pier.", ann, state="unknown", commit_calls=1)
    shows(quay, post("Fog on the pier.", "p1"))

    watch(NOW + timedelta(minutes=16))

    assert seen() == [("post", "p1", "twin")]
    assert not Alarm.objects.exists()
    assert told("twin") > 0


@pytest.mark.parametrize("state", ["queued", "held", "missed", "cancelled", "failed"])
def test_equal_words_posted_by_hand_are_a_question_and_no_alarm(
    state: str, quay: Channel, ann: Person, mia: Person
) -> None:
    row = ordered(quay, "Fog on the pier.", ann, state=state)

    shows(quay, post("Fog  on the\npier.", "h1"))

    (twin,) = Sighting.objects.all()
    assert (twin.state, twin.delivery_id) == ("twin", row.pk)
    assert not Alarm.objects.exists()
    assert told("alarm") == 0


def test_of_many_deliveries_only_those_of_its_words_are_read(quay: Channel, ann: Person) -> None:
    for number in range(20):
        ordered(quay, f"Fog on pier {number}", ann)
    same = ordered(quay, "Fresh  mussels\nat noon", ann)
    read: set[object] = set()

    def note(instance: Delivery, **_: object) -> None:
        read.add(instance.pk)

    post_init.connect(note, sender=Delivery)
    try:
        verdict = explain(quay, "h1", Words("Fresh mussels at noon"), at=NOW)
    finally:
        post_init.disconnect(note, sender=Delivery)

    assert (verdict.state, verdict.delivery) == ("twin", same)
    assert read == {same.pk}


def test_words_that_their_network_spells_otherwise_are_found_among_all(
    quay: Channel, ann: Person
) -> None:
    ordered(quay, "Thanks @bob@our.host", ann)
    same = ordered(quay, "Thanks @ann@our.host", ann)
    spelled = Words("Thanks @ann", None, {"@ann@our.host": "@ann", "@bob@our.host": "@bob"})

    verdict = explain(quay, "h1", spelled, at=NOW)

    assert (verdict.state, verdict.delivery) == ("twin", same)


def test_equal_words_of_a_month_ago_are_no_twin(quay: Channel, ann: Person) -> None:
    long_ago = NOW - timedelta(days=30)
    ordered(quay, "Fog", ann, state="cancelled")
    Delivery.objects.update(created_at=long_ago, state_at=long_ago)

    shows(quay, post("Fog", "h1"))

    assert seen() == [("post", "h1", "stray")]


def test_the_same_post_a_second_time_is_told_calmly(
    quay: Channel, ann: Person, mia: Person
) -> None:
    out(quay, "Fog on the pier.", "p1", ann)
    shows(quay, post("Fog on the pier.", "p1"))

    shows(quay, post("Fog on the pier.", "p2"))

    assert seen() == [("post", "p2", "told")]
    assert (told("duplicate") > 0, told("alarm")) == (True, 0)


def test_a_delivery_that_is_known_by_another_id_explains_its_post(
    quay: Channel, ann: Person
) -> None:
    out(quay, "Fog on the pier.", "publish-id", ann)

    shows(quay, post("Fog on the pier.", "public-id"))

    assert Sighting.objects.exclude(state="explained").count() == 0


@pytest.mark.parametrize(
    ("policy", "approved", "state"),
    [
        ("one", None, "stray"),
        ("one", False, "stray"),
        ("one", True, "twin"),
        ("none", None, "twin"),
    ],
)
def test_what_was_submitted_explains_a_post_only_with_somebodys_yes(
    policy: str, approved: bool | None, state: str, quay: Channel, ann: Person, bob: Person
) -> None:
    draft = Post.objects.create(
        workspace=quay.workspace, author=ann, edited_by=ann, state_at=NOW, created_at=NOW,
        edited_at=NOW, stands_at=NOW,
    )  # fmt: skip
    version = Version.objects.create(
        post=draft, number=1, content={}, digest="d", policy=policy, edited_by=ann,
        submitted_by=ann, planned_at=NOW, created_at=NOW,
    )  # fmt: skip
    Target.objects.create(
        version=version, channel=quay, payload={"text": "Fog", "media": []}, wording=wording("Fog"), digest="d",
        created_at=NOW,
    )  # fmt: skip
    if approved is not None:
        Decision.objects.create(
            version=version, person=bob, approved=approved, digest="d", revoked_at=NOW,
            created_at=NOW,
        )  # fmt: skip

    shows(quay, post("Fog", "h1"))

    assert seen() == [("post", "h1", state)]


def test_one_delivery_explains_one_post_of_its_words(
    quay: Channel, ann: Person, mia: Person
) -> None:
    out(quay, "Fog on the pier.", "publish-id", ann)

    shows(quay, post("Fog on the pier.", "p1"), post("Fog on the pier.", "p2"))

    assert seen() == [("post", "p1", "explained"), ("post", "p2", "told")]


@pytest.mark.parametrize(
    ("state", "likeness", "becomes"),
    [
        ("told", Likeness.SAME, "duplicate"),
        ("told", Likeness.DIFFERENT, "other_pictures"),
        ("told", Likeness.UNKNOWN, "pictures_unknown"),
        ("twin", Likeness.UNKNOWN, "pictures_unknown"),
        ("explained", Likeness.DIFFERENT, "other_pictures"),
        ("explained", Likeness.UNKNOWN, "said_so"),
    ],
)
def test_equal_words_with_pictures_are_ours_only_if_the_pictures_are(
    state: str, likeness: Likeness, becomes: str, quay: Channel, ann: Person
) -> None:
    row = ordered(quay, "Fog", ann, payload={"text": "Fog", "media": [{"sha256": "a"}]})
    code = "said_so" if state == "explained" else "duplicate"
    verdict = Verdict(state, code, row)

    assert judging.asks_twice(verdict, Words("Fog"))
    assert judging.with_pictures(verdict, likeness).code == becomes


def test_a_post_without_words_is_no_twin_of_another_without_words(
    quay: Channel, ann: Person, mia: Person
) -> None:
    ordered(quay, "", ann, state="held", payload={"text": "", "media": [{"sha256": "a"}]})

    shows(quay, post("", "x1"))

    assert seen() == [("post", "x1", "stray")]


def test_within_the_hours_of_a_hand_rule_a_post_wakes_nobody(quay: Channel, mia: Person) -> None:
    wish = Wish(
        (5,), time(9), time(11), "Live from the fair", NOW.date()
    )  # NOW is Saturday 10:00 in Paris
    add_rule(quay.workspace_id, quay.pk, wish, by=mia.pk, now=NOW)

    shows(quay, post("Hello from the fair", "h1"))
    shows(quay, post("Good night", "h2"), now=NOW + timedelta(hours=2))

    assert seen() == [("post", "h1", "allowed"), ("post", "h2", "stray")]


def test_while_a_restored_ledger_is_in_quarantine_nothing_is_judged(
    quay: Channel, mia: Person
) -> None:
    hold = Hold.objects.create(
        workspace=quay.workspace, tag="workspace", kinds=["publish"], why="restored",
        cause="restore", known_until=NOW, created_at=NOW,
    )  # fmt: skip
    shows(quay, post("Is it ours?", "x1"))
    assert seen() == [("post", "x1", "waits")]

    hold.released_at = NOW
    hold.save()
    watch(NOW + timedelta(minutes=1))

    assert seen() == [("post", "x1", "stray")]
