"""The tab of the statement offers its translation; conversations offer what was said."""

import re
from datetime import timedelta

import pytest

from breakwater.channels.models import Channel
from breakwater.core import clock
from breakwater.inbox.models import SavedReply, Thread
from breakwater.inbox.tests.world import LEO, NOW, QUESTION, arrive, said
from breakwater.incidents.models import Incident, Statement
from breakwater.incidents.services import deriving, saying
from breakwater.incidents.services.opening import Opening, open_incident
from breakwater.incidents.tests.conftest import home
from breakwater.incidents.tests.test_deriving import FRENCH
from breakwater.incidents.tests.test_saying import APOLOGY, HOLDING, draft
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import Access, access
from breakwater.publishing.models import Post
from breakwater.web.tests.quay import at_desk, member, told

pytestmark = pytest.mark.django_db
__all__ = ["home"]


@pytest.fixture
def cleo(harbour_workspace: Workspace) -> Person:
    return member(harbour_workspace, Role.APPROVER, name="cleo")


@pytest.fixture
def by_bob(bob: Person, harbour_workspace: Workspace) -> Access:
    return access(bob, "harbour", Right.RESPOND)


@pytest.fixture
def case(by_bob: Access) -> Incident:
    opening = Opening("bad_post", "A joke", began_at=NOW - timedelta(minutes=10))
    return open_incident(by_bob, opening, now=clock.now())


def test_a_statement_is_translated_from_its_line(
    case: Incident, by_bob: Access, bob: Person, cleo: Person, channel: Channel
) -> None:
    first = saying.write(
        by_bob, case, draft(channel, kind="apology", parts=APOLOGY), now=clock.now()
    )
    client, here = at_desk(bob), f"/w/harbour/incidents/{case.pk}/statement/"

    (link,) = re.findall(r'href="(\?of=[^"#]*)#write"', client.get(here).content.decode())
    form = client.get(f"{here}{link}").content.decode()
    typed = {
        "of": str(first.pk), "kind": "apology", "language": "fr", "channels": str(channel.pk),
        **FRENCH, "how": "Personne ne l’a relue.",
    }  # fmt: skip
    page = told(client, here, typed)
    twice = client.post(here, typed)

    assert f'<option value="{first.pk}" selected' in form
    assert '<option value="fr" selected' in form
    assert "A post mocked a child." in form
    assert Statement.objects.get(language="fr").of == first
    assert "translates: an apology, English" in page
    assert 'href="?of=' not in page
    assert twice.status_code == 400
    assert "there is one in each" in twice.content.decode()
    assert Statement.objects.count() == 2


def test_what_was_said_is_offered_to_those_who_wrote_meanwhile_and_is_taken_over(
    case: Incident, by_bob: Access, cleo: Person, quay: Channel, ada: Person
) -> None:
    arrive(quay, said(QUESTION, "during", minutes=1), said(QUESTION, "before", by=LEO, minutes=-60))
    row = saying.write(by_bob, case, draft(quay), now=clock.now())
    during, before = (Thread.objects.get(key=key) for key in ("during", "before"))
    client, head = at_desk(ada), "Said in public while this was written"
    assert head not in client.get(f"/w/harbour/inbox/{during.pk}/").content.decode()
    Post.objects.filter(pk=row.post_id).update(left_at=clock.now())
    deriving.hand_on(clock.now())
    reply = SavedReply.objects.get()

    page = client.get(f"/w/harbour/inbox/{during.pk}/").content.decode()
    used = client.post(
        f"/w/harbour/inbox/{during.pk}/answer/", {"saved": str(reply.pk), "text": "Hello."},
        headers={"HX-Request": "true"},
    ).content.decode()  # fmt: skip

    assert head in page
    assert head not in client.get(f"/w/harbour/inbox/{before.pk}/").content.decode()
    typed = used.split('<textarea id="answer-text"')[1].split("</textarea>")[0]
    assert "Hello." in typed
    assert HOLDING["what"] in typed
    answers = client.get("/w/harbour/inbox/setup/answers/").content.decode()
    assert "Incident 1, statement 1" in answers
    assert f"/setup/answers/{reply.pk}/remove/" in answers
    assert f'/setup/answers/{reply.pk}/"' not in answers
