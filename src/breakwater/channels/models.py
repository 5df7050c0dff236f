"""Channel, Credential, OAuthApp, AppKeys, Connecting, Trial."""

from django.conf import settings
from django.db import models

from breakwater.core.models import Row
from breakwater.people.models import Workspace


class Channel(Row):
    """One connected account.

    network: slug. origin: scheme://host[:port] that calls go to. remote_id: the account's
    id there, compared on reconnect. limits: what the network told us (networks.base.Limits
    as JSON) or null for the manifest's. options: settings of this account on this network.
    purpose: what it was connected for (networks.base.Purpose), "" where nobody was asked.
    scopes: what the network granted; null where it grants none or did not say.
    """

    workspace = models.ForeignKey(Workspace, models.PROTECT, related_name="channels")
    network = models.SlugField(max_length=40)
    origin = models.CharField(max_length=255)
    remote_id = models.CharField(max_length=255)
    handle = models.CharField(max_length=255)
    name = models.CharField(max_length=255, blank=True)
    url = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=16, default="connected")
    state_at = models.DateTimeField()
    limits = models.JSONField(null=True)
    options = models.JSONField(default=dict)
    purpose = models.CharField(max_length=10, blank=True)
    scopes = models.JSONField(null=True)
    checked_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=64, blank=True)
    trouble_detail = models.CharField(max_length=500, blank=True)
    quiet_until = models.DateTimeField(null=True)  # the network said 429: no call before

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "network", "origin", "remote_id"], name="channels_one_account"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.handle


class Credential(Row):
    """What opens a channel, sealed (core.crypto). version counts replacements (compare-and-set).

    lease_id, lease_until: who is refreshing it at the moment; taken by compare-and-set.
    """

    channel = models.OneToOneField(Channel, models.CASCADE, related_name="credential")
    sealed = models.BinaryField()
    version = models.PositiveIntegerField(default=1)
    expires_at = models.DateTimeField(null=True)
    replaced_at = models.DateTimeField()
    lease_id = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)


class OAuthApp(Row):
    """Our latest registration at one origin of an OAuth network, sealed.

    Used again for hours, not for ever: Mastodon sweeps out apps that nobody said yes to.
    """

    network = models.SlugField(max_length=40)
    origin = models.CharField(max_length=255)
    redirect_uri = models.CharField(max_length=500)
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["network", "origin", "redirect_uri"], name="channels_one_app"
            ),
        ]


class AppKeys(Row):
    """What an administrator made at one network for the whole installation, sealed.

    checked_at: when the network last said that the keys are its own; trouble: why it did not.
    review: how far the network's own review of the app is, as the administrator says.
    """

    network = models.SlugField(max_length=40, unique=True)
    sealed = models.BinaryField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=64, blank=True)
    review = models.CharField(max_length=12, blank=True)


class Connecting(Row):
    """One sign-in on its way: to a network's consent page and back, then the choice among several
    accounts. One use of each part, ten minutes, one session.

    state_hash: SHA-256 of the state parameter. channel: set for a reconnect.
    sealed_app: the registration that this walk was begun with. sealed_accounts: what the sign-in
    opened, until one was chosen at `chosen_at` or `choose_until` is over; then empty again.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    session_hash = models.CharField(max_length=64)
    network = models.SlugField(max_length=40)
    origin = models.CharField(max_length=255)
    redirect_uri = models.CharField(max_length=500)
    channel = models.ForeignKey(Channel, models.CASCADE, null=True, related_name="+")
    purpose = models.CharField(max_length=10, blank=True)
    state_hash = models.CharField(max_length=64, unique=True)
    sealed_verifier = models.BinaryField()
    sealed_app = models.BinaryField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    sealed_accounts = models.BinaryField(default=bytes)
    choose_until = models.DateTimeField(null=True)
    chosen_at = models.DateTimeField(null=True)


class Trial(Row):
    """What trying one ability on one account gave last. created_at: when.

    can: a networks.base.Can. outcome: selectors.Outcome. detail: the network's own word,
    without secrets.
    """

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="trials")
    can = models.CharField(max_length=20)
    outcome = models.CharField(max_length=10)
    detail = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "can"], name="channels_one_trial"),
        ]
