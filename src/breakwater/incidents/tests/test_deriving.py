"""A statement is translated, each text with a yes of its own; and answers to people derive from it."""

from datetime import datetime, timedelta

import pytest

from breakwater.channels.models import Channel
from breakwater.domain.errors import Invalid, NotFound
from breakwater.inbox.models import SavedReply
from breakwater.inbox.services.saved_replies import Wording, change_reply, remove_reply
from breakwater.incidents.models import Incident, Statement, Task
from breakwater.incidents.services import deriving, saying, working
from breakwater.incidents.services.opening import Opening, open_incident
from breakwater.incidents.tests.test_saying import APOLOGY, HOLDING, case, cleo, draft
from breakwater.people.models import Person
from breakwater.people.selectors import Access
from breakwater.publishing.models import Post
from breakwater.publishing.services import decide

__all__ = ["case", "cleo"]
FRENCH = {
    "what": "Une publication se moquait d’un enfant.", "who": "Nous l’avons écrite.",
    "when_where": "Dimanche, ici.", "how": "Quelqu’un a été piraté.", "changes": "Deux relisent.",
}  # fmt: skip
HACKED = {**APOLOGY, "how": "Hackers broke in."}


def leave(row: Statement, now: datetime) -> None:
    """It is out."""
    Post.objects.filter(pk=row.post_id).update(left_at=now)
    deriving.hand_on(now)


def apology(by: Access, case: Incident, channel: Channel, now: datetime) -> Statement:
    wish = draft(channel, kind="apology", parts=HACKED, proof="A sign-in from elsewhere.")
    return saying.write(by, case, wish, now=now)


def french(first: Statement, channel: Channel, **more: object) -> saying.Draft:
    values = {"kind": "apology", "language": "fr", "parts": FRENCH, "of": first.pk, **more}
    return draft(channel, **values)


def test_a_translation_has_a_yes_of_its_own_and_promises_nothing_twice(
    case: Incident, by_bob: Access, cleo: Person, channel: Channel, now: datetime
) -> None:
    first = apology(by_bob, case, channel, now)

    second = saying.write(by_bob, case, french(first, channel), now=now)

    version = Post.objects.get(pk=second.post_id).version
    assert version is not None
    decide(version, by=cleo.pk, approved=True, digest=version.digest, now=now)
    states = [Post.objects.get(pk=one.post_id).state for one in (first, second)]
    assert states == ["in_review", "scheduled"]
    assert (second.of, second.claims_hack) == (first, True)
    assert Task.objects.filter(source="promise").count() == 2


def test_a_translation_is_checked_like_what_it_translates(
    case: Incident, by_bob: Access, cleo: Person, channel: Channel, now: datetime
) -> None:
    first = apology(by_bob, case, channel, now)
    other = open_incident(by_bob, Opening("other", "Else"), now=now)
    second = saying.write(by_bob, case, french(first, channel), now=now)

    for wish, code in (
        (french(first, channel), "statement_translation"),
        (french(first, channel, language="en"), "statement_translation"),
        (french(second, channel, language="en"), "statement_translation"),
        (french(first, channel, kind="holding", parts=HOLDING), "statement_translation"),
    ):
        with pytest.raises(Invalid, match=code):
            saying.write(by_bob, case, wish, now=now)
    with pytest.raises(NotFound):
        saying.write(by_bob, other, french(first, channel), now=now)
    with pytest.raises(Invalid, match="statement_stops"):
        saying.write(
            by_bob,
            case,
            french(first, channel, parts={**FRENCH, "how": "Piratés."}, of=None),
            now=now,
        )

    assert Statement.objects.count() == Post.objects.count() == 2


def test_what_is_out_is_offered_shortened_as_it_was_approved_once(
    case: Incident, by_bob: Access, cleo: Person, channel: Channel, now: datetime
) -> None:
    row = apology(by_bob, case, channel, now)
    assert deriving.hand_on(now) == 0

    leave(row, now)

    reply = SavedReply.objects.get()
    assert (
        reply.text == "A post mocked a child.\n\nTwo people read everything.\nWe train on Monday."
    )
    assert (reply.name, reply.language) == ("Incident 1, statement 1", "en")
    assert (reply.source, reply.since, reply.until) == (row.pk, case.began_at, None)
    assert deriving.hand_on(now) == 0


def test_the_next_statement_takes_its_place_and_a_translation_does_not(
    case: Incident, by_bob: Access, cleo: Person, channel: Channel, now: datetime
) -> None:
    holding = saying.write(by_bob, case, draft(channel), now=now)
    leave(holding, now)
    first = apology(by_bob, case, channel, now)
    later = now + timedelta(hours=1)

    leave(first, later)
    leave(saying.write(by_bob, case, french(first, channel), now=later), later)

    found = {(one.language, one.source): one.until for one in SavedReply.objects.all()}
    assert found[("en", holding.pk)] == later
    assert found[("en", first.pk)] is None
    assert sorted(found.values(), key=str) == [later, None, None]


def test_it_ends_with_the_incident_and_goes_on_with_it(
    case: Incident, by_bob: Access, cleo: Person, channel: Channel, now: datetime
) -> None:
    leave(saying.write(by_bob, case, draft(channel), now=now), now)
    later = now + timedelta(hours=5)

    working.close(by_bob, case, why="Calm.", now=later)
    ended = SavedReply.objects.get().until
    working.reopen(by_bob, case, why="Not calm.", now=later + timedelta(hours=1))

    assert ended == later
    assert SavedReply.objects.get().until is None


def test_its_words_are_not_changed_and_what_a_person_removes_stays_away(
    case: Incident, by_bob: Access, cleo: Person, channel: Channel, now: datetime
) -> None:
    leave(saying.write(by_bob, case, draft(channel), now=now), now)
    reply = SavedReply.objects.get()

    with pytest.raises(Invalid, match="saved_reply_derived"):
        change_reply(by_bob, reply.pk, Wording("Mine", "en", "All is well."), now=now)
    assert SavedReply.objects.get().text == reply.text

    remove_reply(by_bob, reply.pk, now=now)
    assert deriving.hand_on(now) == 0
    assert not SavedReply.objects.exists()
