"""What a manifest says, in words: who can do what, how it was shown, what protects a post.

No model is imported: `setup/capabilities.py` writes the manual with these words too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from breakwater.core.dates import dated
from breakwater.domain.guarantees import Guarantee
from breakwater.networks.base import Answer, AuthKind, Can, Manifest, Proof, Purpose, Source

ABILITIES: Mapping[Can, str | Promise] = {
    Can.PUBLISH: _("Publish a post"),
    Can.THREAD: _("Publish a thread"),
    Can.FIRST_COMMENT: _("Write the first comment below a post"),
    Can.EDIT: _("Change a post that is out"),
    Can.DELETE: _("Delete a post that is out"),
    Can.WITHDRAW: _("Take a post out of sight without deleting it"),
    Can.PIN: _("Pin a post to the top of the account"),
    Can.READ_BACK: _("Read a post back, as proof"),
    Can.TIMELINE: _("Read the account's own posts"),
    Can.COMMENTS: _("Read the comments on a post"),
    Can.AD_COMMENTS: _("Read the comments under ads"),
    Can.MENTIONS: _("Read where others name the account"),
    Can.MESSAGES: _("Read direct messages"),
    Can.REVIEWS: _("Read reviews"),
    Can.REPLY: _("Answer a comment or a mention"),
    Can.SEND_MESSAGE: _("Answer a direct message"),
    Can.ANSWER_REVIEW: _("Answer a review"),
    Can.LIKE: _("Like a comment"),
    Can.HIDE: _("Hide somebody's comment"),
    Can.REMOVE: _("Delete somebody's comment"),
    Can.MUTE: _("Mute somebody"),
    Can.BLOCK: _("Block somebody"),
    Can.REPORT: _("Report something to the network"),
    Can.FOLLOWING: _("Read whom the account follows"),
    Can.UNFOLLOW: _("Stop following somebody"),
    Can.INSIGHTS: _("Read figures of posts and of the account"),
    Can.PROFILE: _("Read how the account shows itself"),
    Can.LIVE: _("Announce and schedule a live video"),
    Can.HOURS: _("Change opening hours"),
    Can.PUSH: _("Be told by the network at once"),
    Can.STREAM: _("Listen to the network as it happens"),
}
GROUPS: Mapping[str | Promise, tuple[Can, ...]] = {
    _("Publishing"): (
        Can.PUBLISH, Can.THREAD, Can.FIRST_COMMENT, Can.EDIT, Can.DELETE, Can.WITHDRAW,
        Can.PIN, Can.READ_BACK, Can.LIVE, Can.HOURS,
    ),
    _("Listening"): (
        Can.TIMELINE, Can.COMMENTS, Can.AD_COMMENTS, Can.MENTIONS, Can.MESSAGES, Can.REVIEWS,
        Can.FOLLOWING, Can.INSIGHTS, Can.PROFILE,
    ),
    _("Answering"): (Can.REPLY, Can.SEND_MESSAGE, Can.ANSWER_REVIEW, Can.LIKE),
    _("Moderating"): (
        Can.HIDE, Can.REMOVE, Can.MUTE, Can.BLOCK, Can.REPORT, Can.UNFOLLOW,
    ),
    _("Being told"): (Can.PUSH, Can.STREAM),
}  # fmt: skip
"""The order in which abilities are told. Each is in one of them."""
ANSWERS: Mapping[Answer, str | Promise] = {
    Answer.YES: _("yes"),
    Answer.NO: _("no"),
    Answer.PLAN: _("plan or review"),
    Answer.PROBE: _("to be tried"),
}
_SIGNS = {Answer.YES: "check", Answer.NO: "x", Answer.PLAN: "tag", Answer.PROBE: "search"}
_TONES = {Answer.YES: "done", Answer.NO: "idle", Answer.PLAN: "care", Answer.PROBE: "sea"}
PROOFS: Mapping[Proof, str | Promise] = {
    Proof.REAL: _("shown on a real server"),
    Proof.RECORDED: _("shown on recorded answers"),
    Proof.UNPROVED: _("not proved with a live account"),
}
PURPOSES: Mapping[Purpose, str | Promise] = {
    Purpose.LISTEN: _("Listen: read posts, comments, mentions and messages"),
    Purpose.ANSWER: _("Answer: read, and reply, hide, like and block"),
    Purpose.PUBLISH: _("Publish: your own posts, and answer and listen as well"),
}
SIGNING: Mapping[AuthKind, str | Promise] = {
    AuthKind.OAUTH: _("You sign in on the network's own page and come back here."),
    AuthKind.PASSWORD: _("You sign in here, with an app password that you make on the network."),
    AuthKind.OPEN: _("For trying and rehearsing. Nothing leaves this installation."),
}
HEADS = (_("Ability"), _("Possible?"), _("Note"), _("How it was shown"), _("Source"))
"""Of the table of abilities in the manual."""

SOURCES: Mapping[Source, str | Promise] = {
    Source.OWN_POSTS: _("The account's own posts"),
    Source.COMMENTS: _("Comments"),
    Source.AD_COMMENTS: _("Comments under ads"),
    Source.MENTIONS: _("Mentions"),
    Source.MESSAGES: _("Direct messages"),
    Source.REVIEWS: _("Reviews"),
    Source.LIVE_CHAT: _("The chat of a live video"),
}

PROTECTIONS: Mapping[Guarantee, str | Promise] = {
    Guarantee.LASTING_KEY: _(
        "Each post has a key of ours that the network keeps. The same post cannot appear twice."
    ),
    Guarantee.HANDLE: _(
        "A post leaves in two steps, and the network says how far it came. "
        "The same post cannot appear twice."
    ),
    Guarantee.HOUR_KEY: _(
        "The network knows a post of ours again for about an hour. "
        "Later than that, a person is asked before anything is sent again."
    ),
    Guarantee.DUPLICATE_REFUSED: _(
        "The network refuses an equal text for a while. "
        "When an answer is lost, Breakwater looks first and then asks a person."
    ),
    Guarantee.NONE: _(
        "The network offers nothing against the same post twice. "
        "When an answer is lost, nothing is sent again before a person has said so."
    ),
}


@dataclass(frozen=True)
class Ability:
    """One row of what a network can. link: the source, if it is an address; else `source`.

    iso: the day that it was read. claimed: it is not simply a no, so how it was shown matters. why: what is to be said of this very account.
    """

    can: Can
    what: str | Promise
    answer: str | Promise
    icon: str
    tone: str
    note: str
    source: str
    link: str
    iso: str
    proof: str | Promise
    claimed: bool
    why: str = ""
    shut: bool = False

    @property
    def read_on(self) -> str:
        return day(self.iso)


@dataclass(frozen=True)
class Group:
    """Abilities of one sort, as GROUPS has them."""

    title: str | Promise
    rows: tuple[Ability, ...]

    @property
    def able(self) -> int:
        """How many of them can be, as far as is known."""
        return sum(not one.shut and (one.claimed or bool(one.why)) for one in self.rows)


def abilities(manifest: Manifest) -> list[Ability]:
    """The capability matrix, in a fixed order; what the manifest does not name is a no."""
    return [_ability(manifest, what) for what in Can]


def grouped(told: Iterable[Ability]) -> list[Group]:
    """The same by what they are for."""
    by_can = {one.can: one for one in told}
    return [Group(title, tuple(by_can[can] for can in cans)) for title, cans in GROUPS.items()]


def _ability(manifest: Manifest, what: Can) -> Ability:
    known = manifest.can.get(what)
    answer = known.answer if known else Answer.NO
    source = known.source if known else ""
    return Ability(
        can=what,
        what=ABILITIES[what],
        answer=ANSWERS[answer],
        icon=_SIGNS[answer],
        tone=_TONES[answer],
        note=translated(known.note) if known else "",
        source=source,
        link=source if source.startswith("https://") else "",
        iso=known.read_on if known else "",
        proof=PROOFS[known.proof] if known else "",
        claimed=answer is not Answer.NO,
    )


def translated(msgid: str) -> str:
    """A manifest's text in the reader's language; "" stays "" (gettext("") is the file's head)."""
    return gettext(msgid) if msgid else ""


def day(iso: str) -> str:
    """A day as the reader writes it; what is no ISO day stays as it is."""
    try:
        return dated(date.fromisoformat(iso), "DATE_FORMAT")
    except ValueError:
        return iso
