"""The pages of a review and of the watch: what they show, what they refuse."""

import re
from datetime import datetime

from django.test import Client
from django.urls import reverse

from breakwater.pauses.models import Day, Pause, ReviewLine, Signal
from breakwater.pauses.services.filling import fill
from breakwater.people.models import Workspace
from breakwater.people.selectors import Access
from breakwater.publishing.models import Post


def signed_in(by: Access) -> Client:
    client = Client()
    client.force_login(by.person)
    return client


def test_a_line_shows_its_hint_with_its_reason_and_is_decided_there(
    pause: Pause, party: Post, writer: Access, now: datetime
) -> None:
    fill(pause, now=now)
    line = ReviewLine.objects.get(pause=pause, subject=party.version_id)
    client = signed_in(writer)
    at = [writer.workspace.slug, pause.pk]

    page = client.get(reverse("review", args=at)).content.decode()
    assert "<mark>Party</mark> on the quay tonight!" in page
    assert "“Party”: party and laughter." in page

    wish = {"line": str(line.pk), "decision": "keep", "why": " "}
    refused = client.post(reverse("review-decide", args=at), wish)
    assert refused.status_code == 400
    assert "Say in a few words why." in refused.content.decode()
    line.refresh_from_db()
    assert line.decision == ""

    done = client.post(reverse("review-decide", args=at), {**wish, "why": "A memorial."})
    assert done.status_code == 303
    line.refresh_from_db()
    assert (line.decision, line.outcome) == ("keep", "done")


def test_each_link_and_button_says_of_what_it_is(
    pause: Pause, party: Post, fog: Post, writer: Access, now: datetime
) -> None:
    fill(pause, now=now)
    for line in ReviewLine.objects.filter(what="planned"):
        ReviewLine.objects.filter(pk=line.pk).update(shown={**line.shown, "title": ""})
    client = signed_in(writer)

    page = client.get(reverse("review", args=[writer.workspace.slug, pause.pk])).content.decode()

    for words in ("Party on the quay tonight!, @quay", "Fog is expected., @quay"):
        assert f'To its page<span class="unseen"> {words}</span></a>' in page
        assert f'Decide<span class="unseen"> {words}</span></button>' in page


def test_a_viewer_decides_nothing(
    pause: Pause, party: Post, writer: Access, eve: object, now: datetime
) -> None:
    fill(pause, now=now)
    client = Client()
    client.force_login(eve)  # type: ignore[arg-type]

    for name in ("review", "pause-slots", "pause-day", "pause-dossier"):
        assert client.get(reverse(name, args=[writer.workspace.slug, pause.pk])).status_code == 404
    assert not ReviewLine.objects.exclude(decision="").exists()


def test_a_pause_from_a_signal_says_so(
    harbour_workspace: Workspace, party: Post, approver: Access
) -> None:
    client = signed_in(approver)
    slug = harbour_workspace.slug
    client.post(reverse("watch-tap", args=[slug]), {"what": "Fire next door"})
    signal = Signal.objects.get()

    page = client.get(reverse("watch", args=[slug])).content.decode()
    found = re.search(r'href="([^"]*/pause/\?[^"]*)"', page)
    assert found is not None
    address = found[1].replace("&amp;", "&")
    client.post(address, {"why": "Fire next door"})

    signal.refresh_from_db()
    assert signal.state == "paused"
    assert signal.pause == Pause.objects.get()


def test_a_shipped_day_is_switched_off_and_an_own_one_added(
    harbour_workspace: Workspace, carl: Access
) -> None:
    client = signed_in(carl)
    slug = harbour_workspace.slug

    client.post(reverse("watch-day", args=[slug, "fr-terrorism"]), {"deed": "off"})
    wish = {"day": "2026-05-02", "yearly": "on", "en": "The fire of our hall"}
    client.post(reverse("watch-day-add", args=[slug]), wish)
    bad = client.post(reverse("watch-day-add", args=[slug]), {**wish, "day": "2026-02-30"})

    assert bad.status_code == 400
    rows = {row.key: (row.month, row.day, row.on) for row in Day.objects.all()}
    assert rows == {"fr-terrorism": (3, 11, False), "": (5, 2, True)}
