"""Mails about a password: in the reader's words, and the same answer for a known address or not."""

import re

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client
from django.test.utils import override_settings
from tests.people import PASSWORD

from breakwater.people.models import Person

RESET = "/account/password/reset/"
BROWSER = "Mozilla/5.0 (a lighthouse)"


def _asked(client: Client, email: str) -> EmailMessage:
    answer = client.post(RESET, {"email": email})

    assert answer["Location"] == "/account/password/reset/done/"
    (sent,) = mail.outbox
    assert sent.to == [email]
    return sent


@pytest.mark.parametrize(
    ("language", "subject"),
    [("en", "Your new password for Breakwater"), ("fr", "Votre nouveau mot de passe pour Breakwater")],
)  # fmt: skip
def test_the_link_comes_in_the_readers_language(
    client: Client, ann: Person, language: str, subject: str
) -> None:
    Person.objects.filter(pk=ann.pk).update(language=language)

    sent = _asked(client, ann.email)

    assert sent.subject == subject
    assert re.search(r"^http\S+/account/password/reset/key/\S+/$", str(sent.body), re.MULTILINE)


def test_who_is_unknown_is_told_so_by_mail_and_nowhere_else(client: Client, ann: Person) -> None:
    sent = _asked(client, "eve@example.test")

    assert sent.subject == "No account with this address"
    assert "Nobody here has this address." in sent.body
    assert "http" not in sent.body.partition("-- ")[0]


@override_settings(ACCOUNT_RATE_LIMITS=False)
def test_a_new_password_is_told_with_where_it_came_from(client: Client, ann: Person) -> None:
    sent = _asked(client, ann.email)
    link = re.search(r"/account/password/reset/key/\S+/", str(sent.body))
    assert link
    fresh = Client(headers={"User-Agent": BROWSER})
    form = fresh.get(link[0])["Location"]

    new = f"{PASSWORD} anew"
    fresh.post(form, {"password1": new, "password2": new})

    ann.refresh_from_db()
    assert ann.check_password(new)
    _link, told = mail.outbox
    assert told.subject == "Your password was changed"
    assert "from the address 127.0.0.1" in told.body
    assert BROWSER in told.body
