"""Channels and what opens them, sign-ins on their way, what was tried, arrived and was spent."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from breakwater.core.models import Row
from breakwater.people.models import Workspace


class Channel(Row):
    """One connected account.

    network: slug. origin: scheme://host[:port] that calls go to. remote_id: the account's
    id there, compared on reconnect. limits: what the network told us (networks.base.Limits
    as JSON) or null for the manifest's. options: settings of this account on this network.
    choices: option of a post -> [[value, label], …], as the account last offered them; choices_at:
    when it was last asked.
    purpose: what it was connected for (networks.base.Purpose), "" where nobody was asked.
    scopes: what the network granted; null where it grants none or did not say.
    country: ISO 3166, of the people whom this account speaks to; "" where nobody said.
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
    choices = models.JSONField(default=dict)
    choices_at = models.DateTimeField(null=True)
    purpose = models.CharField(max_length=10, blank=True)
    scopes = models.JSONField(null=True)
    checked_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=64, blank=True)
    trouble_detail = models.CharField(max_length=500, blank=True)
    quiet_until = models.DateTimeField(null=True)  # the network said 429: no call before
    country = models.CharField(max_length=2, blank=True)

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


class Arrival(models.Model):
    """One thing that came from a network (networks.base.Arrived), stored once.

    id: in the order of arrival here. what: networks.base.What. at: when it was written there;
    changed_at: when its words were last found to be others than before (text is the newest);
    gone_at: when the network said that it is gone. about, parent, thread: remote ids. erased_at: when
    all that was in it was erased (services.erasing); its remote id is a keyed hash since then.
    """

    id = models.BigAutoField(primary_key=True)
    workspace = models.ForeignKey(Workspace, models.PROTECT, related_name="arrivals")
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="arrivals")
    what = models.CharField(max_length=8)
    remote_id = models.CharField(max_length=500)
    at = models.DateTimeField()
    arrived_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)
    gone_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    author_id = models.CharField(max_length=255, blank=True)
    author = models.JSONField(default=dict)
    text = models.TextField(blank=True)
    url = models.CharField(max_length=1000, blank=True)
    about = models.CharField(max_length=500, blank=True)
    parent = models.CharField(max_length=500, blank=True)
    thread = models.CharField(max_length=500, blank=True)
    media = models.JSONField(default=list)
    own = models.BooleanField(default=False)
    ad = models.BooleanField(default=False)
    rating = models.PositiveSmallIntegerField(null=True)
    raw = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "what", "remote_id"], name="channels_arrived_once"
            ),
        ]
        indexes = [
            models.Index(fields=["channel", "remote_id"], name="channels_arrival_remote"),
            models.Index(fields=["workspace", "id"], name="channels_arrivals"),
            models.Index(
                fields=["changed_at"],
                name="channels_changed",
                condition=Q(changed_at__isnull=False),
            ),
            models.Index(
                fields=["gone_at"], name="channels_gone", condition=Q(gone_at__isnull=False)
            ),
            models.Index(
                fields=["channel"], name="channels_erased", condition=Q(erased_at__isnull=False)
            ),
        ]


class Cursor(Row):
    """How far one source of one channel has been read (networks.base.Source, or "stream"); or that
    its network pushes ("push").

    next_at: when it is looked at next; None: never again, its network has no such thing for this
    account. lease_until: somebody is at it. failures: in a row. trouble: why the last one failed.
    pushed_at: when a push last brought something of this source; None: none did, or a look found
    what no push had brought. Of "push": read_at is when the network last promised to push, until
    the end of its promise (None: none), pushed_at when anything came.
    """

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="cursors")
    source = models.CharField(max_length=16)
    cursor = models.TextField(blank=True)
    next_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=64, blank=True)
    until = models.DateTimeField(null=True)
    pushed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "source"], name="channels_one_cursor"),
        ]
        indexes = [models.Index(fields=["next_at"], name="channels_cursor_due")]


class Meter(models.Model):
    """What was used of one of a network's budgets in the window that began at `since`.

    holder: id of the channel, or the network's name for what counts the whole app.
    """

    network = models.SlugField(max_length=40)
    holder = models.CharField(max_length=40)
    budget = models.CharField(max_length=40)
    since = models.DateTimeField()
    used = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["network", "holder", "budget"], name="channels_one_meter"
            ),
        ]


class Spending(models.Model):
    """What a workspace's calls to a paid network cost in a month. micros: millionths of a dollar.

    month: its first day. call: as the manifest's prices name it.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="spendings")
    network = models.SlugField(max_length=40)
    month = models.DateField()
    call = models.CharField(max_length=40)
    calls = models.PositiveIntegerField(default=0)
    micros = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "network", "month", "call"], name="channels_one_spending"
            ),
        ]


class SpendingCap(Row):
    """What a workspace wants to spend at most in a month on one network's calls.

    reached_at: when a call was last refused for it.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="spending_caps")
    network = models.SlugField(max_length=40)
    micros = models.PositiveBigIntegerField()
    reached_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "network"], name="channels_one_cap"),
        ]


class Portrait(Row):
    """How an account showed itself (networks.base.Profile as JSON) from first_at until last_at.

    profile: lacks what nobody knows, which is not the same as empty. digest: of what a person would
    see change: name, handle, bio, link, picture, phone, pinned; never of the number of followers.
    """

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="portraits")
    digest = models.CharField(max_length=64)
    profile = models.JSONField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "digest", "first_at"], name="channels_one_portrait"
            ),
        ]
        indexes = [models.Index(fields=["channel", "-first_at"], name="channels_portraits")]


class Reading(models.Model):
    """One figure of an account or of a post, as its network gave it at `at`.

    metric: networks.base.Metric. about: remote id of the post; "" of the account. day: that the
    network says it is of; otherwise the workspace's day on which it was read. The newest reading of
    a day stays.
    """

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="readings")
    metric = models.CharField(max_length=20)
    about = models.CharField(max_length=500, blank=True)
    day = models.DateField()
    value = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "metric", "about", "day"], name="channels_one_reading"
            ),
        ]
        indexes = [
            models.Index(
                fields=["channel", "day"], name="channels_of_posts", condition=~Q(about="")
            ),
        ]
