"""What is known of a network before anybody signs in: data only, with source and date."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from breakwater.domain.guarantees import Guarantee
from breakwater.domain.text import Counting
from breakwater.networks.content import Deed, Kind, Medium


class Can(StrEnum):
    """A capability. Asked by `manifest.can[...]`, so that a page greys out before anybody tries."""

    PUBLISH = "publish"
    THREAD = "thread"
    FIRST_COMMENT = "first_comment"
    EDIT = "edit"
    DELETE = "delete"
    WITHDRAW = "withdraw"
    PIN = "pin"
    READ_BACK = "read_back"
    TIMELINE = "timeline"
    COMMENTS = "comments"
    AD_COMMENTS = "ad_comments"
    MENTIONS = "mentions"
    MESSAGES = "messages"
    REVIEWS = "reviews"
    REPLY = "reply"
    SEND_MESSAGE = "send_message"
    ANSWER_REVIEW = "answer_review"
    LIKE = "like"
    HIDE = "hide"
    REMOVE = "remove"
    MUTE = "mute"
    BLOCK = "block"
    REPORT = "report"
    FOLLOWING = "following"
    UNFOLLOW = "unfollow"
    INSIGHTS = "insights"
    PROFILE = "profile"
    LIVE = "live"
    HOURS = "hours"
    PUSH = "push"
    STREAM = "stream"


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    PLAN = "plan"  # only on some paid plans, or after a review by the network
    PROBE = "probe"  # known only by trying on this account


class Proof(StrEnum):
    """How far an answer has been shown to be true by a test of ours."""

    REAL = "real"  # on the network's own server software
    RECORDED = "recorded"  # on recorded answers of the network
    UNPROVED = "unproved"  # on a stand-in made from the description; a live account may differ


@dataclass(frozen=True)
class Capability:
    """One row of the capability matrix. source: URL; read_on: the day it was read (ISO).

    note: a msgid, shown beside the answer; for a "no" it says why.
    Of answers: within_s: seconds after the person's last message, until when they are taken (0:
    always); granted_s: the same for apps that the network has granted more. called: kinds of
    arrivals (`What`) whose writers have called us, where only those may be answered; naming the
    account in the words counts as well. text: another limit than the account's.
    """

    answer: Answer
    source: str
    read_on: str
    note: str = ""
    proof: Proof = Proof.UNPROVED
    within_s: int = 0
    granted_s: int = 0
    called: tuple[str, ...] = ()
    text: Counting | None = None


@dataclass(frozen=True)
class VideoLimits:
    """size in bytes, length in seconds; a 0 means "not said"."""

    most_bytes: int
    types: tuple[str, ...] = ("video/mp4",)
    least_s: float = 0.0
    most_s: float = 0.0


@dataclass(frozen=True)
class Limits:
    """What one account accepts. picture_pixels: width x height; a 0 means "not said".

    posts_per_hour: more than these are a loop that runs away, not a plan; the channel is held.
    document_bytes: 0 where documents are not taken.
    """

    text: Counting
    pictures: int
    picture_bytes: int
    picture_pixels: int
    picture_types: tuple[str, ...]
    alt_characters: int
    source: str
    read_on: str
    posts_per_hour: int = 0
    video: VideoLimits | None = None
    document_bytes: int = 0


@dataclass(frozen=True)
class Form:
    """One shape that a post takes on a network: text, pictures, video, reel, story, document …

    label: a msgid. takes: kind of medium -> (least, most) of it; what is not named is not taken.
    most: of all media together (0: the sum). asked: only when a person chooses it (a story).
    text: another limit than the account's. text_needed, text_shown: whether it must, or can, have
    words. guarantee: against the same post twice, where it differs from the network's.
    """

    name: str
    label: str
    takes: Mapping[Kind, tuple[int, int]] = field(default_factory=dict)
    most: int = 0
    asked: bool = False
    text: Counting | None = None
    text_needed: bool = False
    text_shown: bool = True
    video: VideoLimits | None = None
    guarantee: Guarantee | None = None

    def fits(self, media: Sequence[Medium]) -> bool:
        """Whether a post with just these media has this shape."""
        counted = {kind: sum(one.kind is kind for one in media) for kind in Kind}
        within = all(
            self.takes.get(kind, (0, 0))[0] <= number <= self.takes.get(kind, (0, 0))[1]
            for kind, number in counted.items()
        )
        return within and (not self.most or len(media) <= self.most)


class Ask(StrEnum):
    """How an option is asked for."""

    CHOICE = "choice"
    TEXT = "text"
    FLAG = "flag"
    MOMENT = "moment"
    """A day and a time. A person gives it on the wall of the post's zone (YYYY-MM-DDTHH:MM); a parcel
    carries the instant that it stands for, with its offset (ISO 8601: 2026-12-05T08:30:00+00:00)."""


@dataclass(frozen=True)
class Option:
    """Something of this network that a person decides for one post. label, help: msgids.

    choices: (value, label); of_account: the account has its own (`Connector.choices`).
    forms: of which forms it is asked (none: of all). needed: there is no post without it.
    """

    name: str
    label: str
    ask: Ask
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    of_account: bool = False
    forms: tuple[str, ...] = ()
    needed: bool = False
    longest: int = 1000
    default: str = ""


class AuthKind(StrEnum):
    PASSWORD = "password"  # noqa: S105 - fields that the person types
    OAUTH = "oauth"
    OPEN = "open"  # nothing to prove (the practice harbour)


@dataclass(frozen=True)
class Field:
    """One thing that a page asks. label and help are msgids (gettext_noop). needed: it may not stay
    empty."""

    name: str
    label: str
    help: str = ""
    secret: bool = False
    default: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    needed: bool = True


@dataclass(frozen=True)
class Review:
    """What the network checks before its app may be used by others. Texts are msgids.

    weeks: least and most that it usually takes; needs: what to have ready; until: what works
    before it is granted.
    """

    weeks: tuple[int, int]
    needs: tuple[str, ...]
    until: str
    source: str
    read_on: str


@dataclass(frozen=True)
class AppKeys:
    """What an administrator makes on the network once, for the whole installation.

    console: where. steps: msgids, in order. fields: what to copy back (all of them sealed).
    review: None where the network checks nothing.
    """

    console: str
    steps: tuple[str, ...]
    fields: tuple[Field, ...]
    review: Review | None = None


class Purpose(StrEnum):
    """What a channel is connected for; each asks for the scopes of its capabilities, no more."""

    LISTEN = "listen"
    ANSWER = "answer"
    PUBLISH = "publish"


_LISTENS = frozenset(
    {
        Can.TIMELINE, Can.READ_BACK, Can.COMMENTS, Can.AD_COMMENTS, Can.MENTIONS, Can.MESSAGES,
        Can.REVIEWS, Can.FOLLOWING, Can.INSIGHTS, Can.PROFILE, Can.PUSH, Can.STREAM,
    }
)  # fmt: skip
_ANSWERS = frozenset(
    {
        Can.REPLY, Can.SEND_MESSAGE, Can.ANSWER_REVIEW, Can.LIKE, Can.HIDE, Can.REMOVE, Can.MUTE,
        Can.BLOCK, Can.REPORT, Can.UNFOLLOW,
    }
)  # fmt: skip
SERVES: Mapping[Purpose, frozenset[Can]] = {
    Purpose.LISTEN: _LISTENS,
    Purpose.ANSWER: _LISTENS | _ANSWERS,
    Purpose.PUBLISH: frozenset(Can),
}


@dataclass(frozen=True)
class Budget:
    """So many units of calls in a window, of the account or of the whole app."""

    name: str
    units: int
    window_s: int
    source: str
    read_on: str
    whole_app: bool = False


class Pays(StrEnum):
    """What a price is asked for, so that it can be told before a call is made."""

    CALL = "call"  # each call of its name
    POST = "post"  # too: a post, each part of a thread, a first comment, an answer
    LINKED = "linked"  # the same with a link in its words, where that costs something else
    DELETE = "delete"  # too: taking back one thing of ours that is out
    PIECE = "piece"  # each thing that an answer brought: billed after the call, counted by `paid`


@dataclass(frozen=True)
class Price:
    """What one call costs, in millionths of a US dollar."""

    micros: int
    source: str
    read_on: str
    of: Pays = Pays.CALL


@dataclass(frozen=True)
class Step:
    """One thing that a person does at the network. text: a msgid. url: where it is done ("": not
    known, or another on each server). source: URL; read_on: the day it was read (ISO)."""

    text: str
    source: str
    read_on: str
    url: str = ""


@dataclass(frozen=True)
class Manifest:
    """Everything that is known of a network before anybody signs in. Data only.

    scopes: capability -> OAuth scopes it needs; scopes_always: those that signing in needs, asked
    for whatever the purpose. trial: options that keep a test post from nearly everybody (none: a
    test would be seen by all). fetches: kinds of media that the network always comes for itself, so
    that nothing of them leaves without a public address. hosts: role -> origin, where a network answers
    under several names. one_server: there is just one, so nobody is asked for its address.
    polls: what can be polled -> seconds between two looks. costs: call -> budget -> units.
    cards: it shows a link as a card of our making (Parcel.card). prices: call -> price. reasons: the network's own words for refusals -> msgid of a sentence
    that says what to do. profile_s: seconds between two looks at the account's own profile (0: none).
    runbook: what a person does there, in this order, when somebody else was in the account. for_good: deeds that have an opposite elsewhere, and none here.
    """

    slug: str
    name: str
    auth: AuthKind
    fields: tuple[Field, ...]
    can: Mapping[Can, Capability]
    guarantee: Guarantee
    limits: Limits
    scopes: Mapping[Can, tuple[str, ...]] = field(default_factory=dict)
    scopes_always: tuple[str, ...] = ()
    trial: Mapping[str, str] = field(default_factory=dict)
    fetches: tuple[Kind, ...] = ()
    default_origin: str = ""
    hosts: Mapping[str, str] = field(default_factory=dict)
    one_server: bool = False
    forms: tuple[Form, ...] = ()
    options: tuple[Option, ...] = ()
    app: AppKeys | None = None
    polls: Mapping[str, int] = field(default_factory=dict)
    budgets: tuple[Budget, ...] = ()
    costs: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    prices: Mapping[str, Price] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    cards: bool = False
    profile_s: int = 0
    runbook: tuple[Step, ...] = ()
    for_good: tuple[Deed, ...] = ()

    def allows(self, what: Can) -> bool:
        capability = self.can.get(what)
        return capability is not None and capability.answer is not Answer.NO

    @property
    def bills_afterwards(self) -> bool:
        """Whether what a call costs is known only by what its answer brought."""
        return any(price.of is Pays.PIECE for price in self.prices.values())

    def scopes_for(self, purpose: Purpose) -> tuple[str, ...]:
        """The scopes to ask for, sorted; those of what the network allows, no more."""
        wanted = [can for can in SERVES[purpose] if self.allows(can)]
        asked = {scope for can in wanted for scope in self.scopes.get(can, ())}
        return tuple(sorted(asked | set(self.scopes_always)))

    def purposes(self) -> tuple[Purpose, ...]:
        """Those that differ in what the network is asked for, least first. Of those that ask for
        the same it is the widest: whoever grants that much may use all of it."""
        asked = {self.scopes_for(purpose): purpose for purpose in Purpose}
        return tuple(asked.values())

    def form_of(self, media: Sequence[Medium], wanted: str = "") -> Form | None:
        """The form that these media take: the wanted one, else the first that fits and is not only
        for asking. None: this network has no such post."""
        for form in self.forms:
            chosen = form.name == wanted if wanted else not form.asked
            if chosen and form.fits(media):
                return form
        return None

    def at(self, origin: str, role: str) -> str:
        """Where calls of this role go for an account whose origin is `origin`: one of `hosts`,
        or `origin` itself when it is not the network's own (a stand-in, a gateway)."""
        return self.hosts.get(role, origin) if origin == self.default_origin else origin
