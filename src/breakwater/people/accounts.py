"""What is ours about signing in; the rest is allauth (its settings: config/settings.py)."""

import logging
from datetime import timedelta
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext_noop

from breakwater.people.models import Person

_DEVICE = "device"
_DEVICE_LIFE = timedelta(days=180)
_log = logging.getLogger(__name__)

SAID_BY_ALLAUTH = (
    gettext_noop("Email"),
    gettext_noop("Email address"),
    gettext_noop("Forgot your password?"),
    gettext_noop("Current Password"),
    gettext_noop("New Password"),
    gettext_noop("New Password (again)"),
    gettext_noop("Password (again)"),
    gettext_noop("The email address and/or password you specified are not correct."),
    gettext_noop("This account is currently inactive."),
    gettext_noop("Please type your current password."),
    gettext_noop("Incorrect password."),
    gettext_noop("You must type the same password each time."),
    gettext_noop("Too many failed login attempts. Try again later."),
)
"""Texts of allauth on our pages. Named here, our catalogue says them in the words of the rest."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Persons come by invitation only; mails in the reader's language; no lock-out of others.

    Failed sign-ins are counted per address. A browser that has signed in as this person
    before has a count of its own, so a stranger who guesses cannot lock the person out.
    """

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Mail trouble is logged, not shown: what a stranger sees must not depend on it."""
        person = context.get("user") or Person.objects.filter(email__iexact=email).first()
        language = person.language if isinstance(person, Person) else translation.get_language()
        try:
            with translation.override(language):
                super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException) as error:
            _log.error("mail %s could not be sent: %s", template_prefix, error)

    def post_login(self, request: HttpRequest, user: Person, **options: Any) -> HttpResponse:
        """The browser remembers that this person has signed in here."""
        answer: HttpResponse = super().post_login(request, user, **options)
        answer.set_cookie(
            _cookie_name(),
            signing.dumps(str(user.pk), salt=_DEVICE),
            max_age=_DEVICE_LIFE,
            httponly=True,
            secure=settings.SECURE,
            samesite="Lax",
        )
        return answer

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        key = str(super()._get_login_attempts_cache_key(request, **credentials))
        address = str(credentials.get("email", ""))
        return f"{key}:{_known_device(request, address)}"


def _cookie_name() -> str:
    return f"__Host-{_DEVICE}" if settings.SECURE else _DEVICE


def _known_device(request: HttpRequest, address: str) -> str:
    """The cookie, if it says that the owner of `address` has signed in here; else nothing."""
    cookie = request.COOKIES.get(_cookie_name(), "")
    try:
        person_id = signing.loads(cookie, salt=_DEVICE, max_age=_DEVICE_LIFE)
    except signing.BadSignature:
        return ""
    known = Person.objects.filter(pk=person_id, email__iexact=address).exists()
    return cookie if known else ""
