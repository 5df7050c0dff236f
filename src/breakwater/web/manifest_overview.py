"""All networks beside one another, in words: one row for each, for the manual. No model is imported."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from breakwater.networks.base import Answer, AuthKind, Can, Kind, Manifest, Proof
from breakwater.web.manifest_words import GROUPS, abilities, grouped, translated

COLUMNS: tuple[str | Promise, ...] = (
    _("Network"), _("Sign-in"), _("An app of your own"), _("Has to reach you"), *GROUPS,
    _("Proved"),
)  # fmt: skip
_SIGN_IN = {
    AuthKind.OAUTH: _("on the network's page"),
    AuthKind.PASSWORD: _("app password"),
    AuthKind.OPEN: _("none"),
}


def row(manifest: Manifest) -> list[str]:
    """One cell for each of COLUMNS."""
    told = grouped(abilities(manifest))
    return [
        translated(manifest.name),
        str(_SIGN_IN[manifest.auth]),
        _app(manifest),
        _address(manifest),
        *(
            gettext("%(able)s of %(all)s") % {"able": one.able, "all": len(one.rows)}
            for one in told
        ),
        _proved(manifest),
    ]


def _app(manifest: Manifest) -> str:
    """Whether the administrator makes one, and how long the network looks at it."""
    if manifest.app is None:
        return gettext("not needed")
    review = manifest.app.review
    if review is None or not review.weeks[1]:
        return gettext("yes, no review")
    least, most = review.weeks
    return gettext("yes; review %(least)s to %(most)s weeks") % {"least": least, "most": most}


def _address(manifest: Manifest) -> str:
    """What the network comes to this installation for, which takes a public https address."""
    words = []
    if Kind.PICTURE in manifest.fetches:
        words.append(gettext("pictures"))
    if Kind.VIDEO in manifest.fetches:
        words.append(gettext("videos"))
    if manifest.allows(Can.PUSH):
        words.append(gettext("pushes"))
    return ", ".join(words) or gettext("no")


def _proved(manifest: Manifest) -> str:
    """How many of its claims were shown in which way, the strongest first."""
    claimed = [one for one in manifest.can.values() if one.answer is not Answer.NO]
    words = {
        Proof.REAL: _("%(n)s on a real server"),
        Proof.RECORDED: _("%(n)s on recorded answers"),
        Proof.UNPROVED: _("%(n)s not yet on a live account"),
    }
    counted = (
        (word, _count(proof, (one.proof for one in claimed))) for proof, word in words.items()
    )
    return ", ".join(str(word) % {"n": n} for word, n in counted if n)


def _count(wanted: Proof, proofs: Iterable[Proof]) -> int:
    return sum(one is wanted for one in proofs)
