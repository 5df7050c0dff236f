"""The damage of an incident on its tab, on paper and as a table file."""

import csv
import io
from datetime import timedelta

import pypdf
import pytest

from breakwater.channels.models import Channel
from breakwater.core import clock
from breakwater.domain.spread import hour_of
from breakwater.incidents.models import Incident, Measure
from breakwater.incidents.services.opening import Opening, open_incident
from breakwater.insights.models import MentionHour
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Right
from breakwater.people.selectors import access
from breakwater.web.tests.quay import at_desk, told

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def incident(bob: Person, quay: Channel, harbour_workspace: Workspace) -> Incident:
    """It began two days ago; twenty quiet days before it are known."""
    now = hour_of(clock.now())
    Channel.objects.update(created_at=now - timedelta(days=22))
    made = open_incident(
        access(bob, "harbour", Right.RESPOND), Opening("bad_post", "The joke", 3), now=now
    )
    began = now - 48 * HOUR
    Incident.objects.filter(pk=made.pk).update(began_at=began)
    MentionHour.objects.bulk_create(
        MentionHour(channel=quay, hour=began + n * HOUR, total=2 if n else 60, scored=2)
        for n in range(-480, 40)
    )
    return Incident.objects.get(pk=made.pk)


def _page(incident: Incident) -> str:
    return f"/w/harbour/incidents/{incident.pk}/damage"


def test_the_tab_shows_figures_a_drawing_and_the_same_as_a_table(
    bob: Person, incident: Incident
) -> None:
    page = at_desk(bob).get(f"{_page(incident)}/").content.decode()

    assert '<svg class="chart" role="img"' in page
    assert "<dt>Messages</dt><dd>138</dd>" in page
    assert page.count("<tr>") == 50  # the head, 48 hours, and the one that runs
    assert "It takes 7 to compare" not in page


def test_it_says_so_where_too_little_of_before_is_known(bob: Person, incident: Incident) -> None:
    Channel.objects.update(created_at=incident.began_at - timedelta(days=2))

    page = at_desk(bob).get(f"{_page(incident)}/?window=24").content.decode()

    assert "Days of before that are known here: 2. It takes 7 to compare" in page


def test_figures_are_kept_by_a_button(bob: Person, incident: Incident) -> None:
    client = at_desk(bob)

    page = told(client, f"{_page(incident)}/keep/", {"window": "168"})

    assert "Last kept:" in page
    assert Measure.objects.get().window == 168


def test_the_table_file_has_every_hour_and_plain_values(bob: Person, incident: Incident) -> None:
    answer = at_desk(bob).get(f"{_page(incident)}.csv?window=24")

    rows = list(csv.reader(io.StringIO(answer.content.decode())))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert ["total", "106"] in rows
    head = rows.index(["hour", "messages", "usual"])
    assert rows[head + 1][1:] == ["60", "2.0"]
    assert len(rows) - head == 25


@pytest.mark.slow
def test_the_report_is_a_readable_pdf(bob: Person, incident: Incident) -> None:
    answer = at_desk(bob).get(f"{_page(incident)}.pdf")

    pages = [one.extract_text() for one in pypdf.PdfReader(io.BytesIO(answer.content)).pages]
    text = "\n".join(pages)
    assert "The joke" in text
    assert "More than usual" in text
    assert len(pages) >= 2
