"""Person, Workspace, Membership, Invitation, ApiToken, SignedLink, KeptAnswer."""

import hashlib
from collections.abc import Iterator
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from breakwater.core.ids import new_id
from breakwater.core.models import Row
from breakwater.people.roles import Role


class Language(models.TextChoices):
    ENGLISH = "en", "English"
    FRENCH = "fr", "Français"


class PersonManager(BaseUserManager["Person"]):
    """What Django and allauth ask of a user manager; persons are made by `people.services`."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username or "")


class Person(AbstractBaseUser):
    """Somebody who signs in. language and zone are their own; a workspace has its own zone.

    administrator: looks after the installation itself (Right.INSTALLATION), whatever their roles.
    session_epoch: one more, and every session that began before is over.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(_("e-mail address"), max_length=254)
    name = models.CharField(_("name"), max_length=100)
    language = models.CharField(max_length=5, choices=Language.choices, default=Language.ENGLISH)
    zone = models.CharField(max_length=64, default="Europe/Paris")
    theme = models.CharField(max_length=8, default="auto")
    mails = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    administrator = models.BooleanField(default=False)
    session_epoch = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="people_one_email")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_session_auth_hash(self) -> str:
        """Django's own, and the epoch: a new password ends all sessions, and so does a new epoch."""
        return self._with_epoch(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        for found in super().get_session_auth_fallback_hash():
            yield self._with_epoch(found)

    def _with_epoch(self, found: str) -> str:
        """Epoch 0 is as it was before there were epochs: nobody is signed out by an update."""
        if not self.session_epoch:
            return found
        return hashlib.sha256(f"{self.session_epoch}:{found}".encode()).hexdigest()


class Policy(models.TextChoices):
    """Who must approve before a post may leave."""

    NONE = "none", _("no approval: the author confirms what will be sent")
    ONE = "one", _("one approval by somebody else")


class Workspace(Row):
    """One brand. slug: its name in addresses. drill: for practice: made so, and never switched."""

    name = models.CharField(max_length=100)
    slug = models.SlugField(max_length=60, unique=True)
    zone = models.CharField(max_length=64, default="Europe/Paris")
    language = models.CharField(max_length=5, choices=Language.choices, default=Language.ENGLISH)
    policy = models.CharField(max_length=8, choices=Policy.choices, default=Policy.ONE)
    drill = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class Membership(Row):
    """A person in a workspace, with one role."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "person"], name="people_one_membership"),
        ]


class Invitation(Row):
    """A way in for one e-mail address; only the SHA-256 of its token is kept."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="invitations")
    email = models.EmailField(max_length=254)
    role = models.CharField(max_length=10, choices=Role.choices)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)


class ApiToken(Row):
    """A scoped key to one workspace's API. prefix is shown; only the SHA-256 of the rest is kept.

    scopes: names of `Right`s. It acts for `person` and can never do what they may not.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="api_tokens")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=12, unique=True)
    secret_hash = models.CharField(max_length=64)
    scopes: "models.JSONField[Any]" = models.JSONField(default=list)
    expires_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)


class Purpose(models.TextChoices):
    """What a signed link opens, and nothing else."""

    PAUSE = "pause", _("pause everything")
    ALARM = "alarm", _("answer an alarm")
    GUEST = "guest", _("follow an incident as a guest")


class SignedLink(Row):
    """An address that opens one thing without a sign-in (people/links.py makes and checks it).

    Nothing secret is kept: what the address carries is computed from the id with a key that is in
    no database. person: in whose name it acts, with their rights at that moment; None for a guest.
    subject: what it is about; None for a pause. uses, used_at: deeds done by it, and the last.
    made_by: who handed it out; a guest's link ends when they may no longer respond.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="signed_links")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="signed_links"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    guest_name = models.CharField(max_length=100, blank=True)
    guest_email = models.EmailField(max_length=254, blank=True)
    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    subject = models.UUIDField(null=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    uses = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose=Purpose.GUEST, person=None) | Q(person__isnull=False),
                name="people_link_of_somebody",
            ),
        ]
        indexes = [models.Index(fields=["purpose", "subject"], name="people_links_about")]


class KeptAnswer(Row):
    """What a token's request with an `Idempotency-Key` was answered, for a day.

    request_hash: SHA-256 of the request. status: of the answer; None while it is worked on.
    """

    token = models.ForeignKey(ApiToken, models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body: "models.JSONField[Any]" = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["token", "key"], name="people_one_answer"),
        ]
