"""People are told once, in the product and by mail, in their language."""

import email
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.policy import default
from pathlib import Path
from string import ascii_lowercase

import pytest
import pytest_django
from django.utils import translation

from breakwater.domain.errors import Misconfigured
from breakwater.notices import mail, selectors, services
from breakwater.notices.models import Notice
from breakwater.notices.sentences import SENTENCES, body, title
from breakwater.notices.tests.sink import Sink, listening
from breakwater.people.models import Invitation, Person, Workspace

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
DATA = {"who": "Ann", "post": "Spring\nsale"}


@pytest.fixture
def server(settings: pytest_django.Settings) -> Iterator[Sink]:
    with listening() as sink:
        settings.MAIL_URL = f"smtp://127.0.0.1:{sink.port}"
        settings.PUBLIC_URL = "https://desk.example.org"
        yield sink


def tell(workspace: Workspace, *persons: Person, key: str = "k1") -> None:
    services.tell(
        persons,
        "asked_to_approve",
        key=key,
        data=DATA,
        path="/harbour/posts/1",
        workspace_id=workspace.pk,
        now=NOW,
    )


def states() -> list[tuple[str, int, str]]:
    rows = Notice.objects.order_by("person__email")
    return [(row.mail_state, row.mail_tries, row.mail_trouble) for row in rows]


def test_it_is_told_once(harbour_workspace: Workspace, ann: Person, bob: Person) -> None:
    tell(harbour_workspace, bob)
    tell(harbour_workspace, ann, bob)

    assert Notice.objects.count() == 2
    (told,) = selectors.recent(bob)
    assert told.title == "Ann asks you to approve a post"
    assert told.body == "It leaves only when it is approved. The post: “Spring sale”"
    assert (told.path, told.read, told.mail) == ("/harbour/posts/1", False, "off")


def test_a_value_that_is_missing_is_a_mistake(harbour_workspace: Workspace, bob: Person) -> None:
    with pytest.raises(ValueError, match="also needs"):
        services.tell(
            [bob],
            "failed",
            key="k",
            data={"post": "x"},
            path="/",
            workspace_id=harbour_workspace.pk,
            now=NOW,
        )

    assert Notice.objects.count() == 0


def test_only_ones_own_become_read(harbour_workspace: Workspace, ann: Person, bob: Person) -> None:
    tell(harbour_workspace, ann, bob)
    tell(harbour_workspace, bob, key="k2")
    of_bob = Notice.objects.filter(person=bob, key="k1").get()

    assert services.mark_read(ann, [of_bob.pk], now=NOW) == 0
    assert services.mark_read(bob, [of_bob.pk], now=NOW) == 1
    assert (selectors.unread(bob), selectors.unread(ann)) == (1, 1)
    assert services.mark_read(bob, None, now=NOW) == 1
    assert (selectors.unread(bob), selectors.unread(ann)) == (0, 1)


def test_a_mail_leaves_once_over_a_real_server(
    server: Sink, harbour_workspace: Workspace, bob: Person
) -> None:
    tell(harbour_workspace, bob)

    assert services.send_mails(NOW) == 1
    assert services.send_mails(NOW + timedelta(days=1)) == 0

    (received,) = server.mails
    notice = Notice.objects.get()
    assert received["to"] == "bob@example.test"
    assert received["subject"] == "Ann asks you to approve a post (Harbour)"
    assert received["message-id"] == f"<{notice.pk}@desk.example.org>"
    assert "https://desk.example.org/harbour/posts/1" in received.get_content()
    assert received.get_content_type() == "text/plain"
    assert states() == [("sent", 1, "")]


def test_mails_share_a_connection(
    server: Sink, harbour_workspace: Workspace, ann: Person, bob: Person
) -> None:
    tell(harbour_workspace, ann, bob)

    assert services.send_mails(NOW) == 2
    assert server.sessions == 1


def test_a_mail_is_in_its_readers_language(
    server: Sink, harbour_workspace: Workspace, ann: Person, bob: Person
) -> None:
    Person.objects.filter(pk=bob.pk).update(language="fr")
    tell(harbour_workspace, ann, bob)

    with translation.override("fr"):
        in_french = title("asked_to_approve", DATA)
        services.send_mails(NOW)
        assert translation.get_language() == "fr"

    # A long word of French is folded to a line of its own; the fold's space is not the subject's.
    subjects = {str(mail["to"]): mail["subject"].strip() for mail in server.mails}
    assert subjects["ann@example.test"] == "Ann asks you to approve a post (Harbour)"
    assert subjects["bob@example.test"] == f"{in_french} (Harbour)"


def test_a_person_without_mails_gets_none(
    server: Sink, harbour_workspace: Workspace, ann: Person, bob: Person
) -> None:
    Person.objects.filter(pk=ann.pk).update(mails=False)
    tell(harbour_workspace, Person.objects.get(pk=ann.pk), bob)
    Person.objects.filter(pk=bob.pk).update(is_active=False)

    assert services.send_mails(NOW) == 0

    assert states() == [("off", 0, ""), ("off", 1, "")]
    assert server.mails == []


def test_a_refused_mail_is_tried_six_times_and_given_up(
    server: Sink, harbour_workspace: Workspace, bob: Person
) -> None:
    server.refuse = "451 later"
    tell(harbour_workspace, bob)
    tried = []

    for minute in range(400):
        if Notice.objects.filter(mail_after__lte=NOW + timedelta(minutes=minute)).exists():
            services.send_mails(NOW + timedelta(minutes=minute))
            tried.append(minute)
        if Notice.objects.filter(mail_state="failed").exists():
            break

    assert tried == [0, 1, 6, 21, 81, 321]
    ((state, tries, trouble),) = states()
    assert (state, tries) == ("failed", 6)
    assert "later" in trouble
    server.refuse = ""
    assert services.send_mails(NOW + timedelta(days=9)) == 0


def test_a_server_that_is_not_there_costs_a_try_and_loses_nothing(
    server: Sink, harbour_workspace: Workspace, bob: Person, settings: pytest_django.Settings
) -> None:
    there = settings.MAIL_URL
    settings.MAIL_URL = "smtp://127.0.0.1:1"
    tell(harbour_workspace, bob)

    assert services.send_mails(NOW) == 0
    ((state, tries, trouble),) = states()
    assert (state, tries, "refused" in trouble) == ("waiting", 1, True)

    settings.MAIL_URL = there
    assert services.send_mails(NOW + timedelta(seconds=59)) == 0
    assert services.send_mails(NOW + timedelta(seconds=60)) == 1


def test_a_worker_that_died_with_a_claim_does_not_lose_the_mail(
    server: Sink, harbour_workspace: Workspace, bob: Person
) -> None:
    tell(harbour_workspace, bob)
    assert len(services.mail_due(NOW)) == 1

    assert services.mail_due(NOW) == []
    assert services.send_mails(NOW + timedelta(minutes=1)) == 1


def test_after_six_deaths_it_is_failed(
    server: Sink, harbour_workspace: Workspace, bob: Person
) -> None:
    tell(harbour_workspace, bob)
    for day in range(6):
        assert len(services.mail_due(NOW + timedelta(days=day))) == 1

    assert services.mail_due(NOW + timedelta(days=7)) == []
    assert states() == [("failed", 6, "")]


def test_without_mail_waiting_ones_are_off(
    server: Sink, harbour_workspace: Workspace, bob: Person, settings: pytest_django.Settings
) -> None:
    tell(harbour_workspace, bob)
    settings.MAIL_URL = ""

    assert services.send_mails(NOW) == 0
    assert states() == [("off", 0, "")]
    assert not selectors.has_mail()


def test_a_folder_takes_mails_as_files(
    harbour_workspace: Workspace, bob: Person, settings: pytest_django.Settings, tmp_path: Path
) -> None:
    settings.MAIL_URL = f"file://{tmp_path}/out%20box"
    tell(harbour_workspace, bob)

    assert services.send_mails(NOW) == 1

    (file,) = (tmp_path / "out box").iterdir()
    message = email.message_from_bytes(file.read_bytes(), policy=default)
    assert (file.suffix, message["to"]) == (".eml", "bob@example.test")


def test_an_invitation_is_mailed_at_once_and_its_token_is_kept_nowhere(
    server: Sink, harbour_workspace: Workspace, ann: Person
) -> None:
    invitation = Invitation(
        workspace=harbour_workspace, email="new@example.test", invited_by=ann, created_at=NOW
    )

    assert services.mail_invitation(invitation, "/join/canary-token")

    (received,) = server.mails
    assert received["subject"] == "Ann invites you to Harbour"
    assert "/join/canary-token" in received.get_content()
    assert Notice.objects.count() == 0
    server.refuse = "550 no"
    assert not services.mail_invitation(invitation, "/join/canary-token")


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_every_sentence_can_be_said(code: str) -> None:
    names = SENTENCES[code].names
    data = {
        name: f"<{letter}>" for name, letter in zip(sorted(names), ascii_lowercase, strict=False)
    }

    said = title(code, data) + body(code, data)

    assert "%" not in said
    assert all(value in said for value in data.values())


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_quoted_post_with_its_own_full_stop_ends_well(code: str, language: str) -> None:
    data = dict.fromkeys(SENTENCES[code].names, "Fresh bread at nine.")

    with translation.override(language):
        said = body(code, data)

    assert not re.search("[”»][.,;]", said)
    assert re.search("[.”»]$", said)


def test_a_time_is_said_in_the_language_in_use_on_the_wall_of_its_zone() -> None:
    data = {"who": "Bob", "post": "Fog.", "when": "2026-03-06T17:00:00+00:00", "zone": "Asia/Tokyo"}

    with translation.override("en"):
        english = body("moved", data)
    with translation.override("fr"):
        french = body("moved", data)

    assert "Sat 7 Mar 2026, 02:00 (Tokyo time)" in english
    assert "7 mars 2026" in french
    assert "02:00 (heure de Tokyo)" in french


def test_a_day_is_said_in_the_language_in_use() -> None:
    with translation.override("fr"):
        assert "le 6 mars 2026." in body("token_dying", {"channel": "@quay", "day": "2026-03-06"})


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", None),
        (
            "smtp://ann:p%40ss@mail.example.org:2525",
            mail.Post("mail.example.org", 2525, "ann", "p@ss", "starttls"),
        ),
        ("smtp://mail.example.org?tls=no", mail.Post("mail.example.org", 587)),
        ("smtp://127.0.0.1:25", mail.Post("127.0.0.1", 25)),
        ("smtps://mail.example.org", mail.Post("mail.example.org", 465, tls="from_start")),
        ("file:///var/mail/out", mail.Post(folder=Path("/var/mail/out"))),
    ],
)
def test_a_mail_address_is_understood(url: str, expected: mail.Post | None) -> None:
    assert mail.parsed(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.org",
        "http://mail.example.org",
        "smtp://",
        "smtp://mail.example.org:port",
        "smtp://mail.example.org:99999",
        "smtp://mail.example.org?tls=perhaps",
        "file://folder",
        "file:///",
        "file:folder",
    ],
)
def test_a_wrong_mail_address_is_said_with_its_mend(url: str) -> None:
    with pytest.raises(Misconfigured) as refusal:
        mail.parsed(url)

    assert refusal.value.mend.startswith("Mend BREAKWATER_MAIL_URL. ")
