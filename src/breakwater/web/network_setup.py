"""How far this installation is with a network: keys, review, addresses; in words for its pages."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from breakwater.channels import selectors
from breakwater.channels.appkeys import ReviewState
from breakwater.channels.selectors import SetUp
from breakwater.core.outside import reachable
from breakwater.domain.errors import NotFound, Unsupported
from breakwater.networks.base import Review
from breakwater.web.manifest_words import day, translated

CALLBACK = "channels-callback"

REVIEWS: Mapping[str, str | Promise] = {
    ReviewState.NOT_ASKED: _("not asked for yet"),
    ReviewState.ASKED: _("asked for; the network is looking"),
    ReviewState.GRANTED: _("granted"),
    ReviewState.REFUSED: _("refused"),
}


@dataclass(frozen=True)
class Standing:
    """How far it is, in a word. tone and icon: of its badge. ready: accounts can be connected.
    lacks_keys: nobody has entered any."""

    word: str | Promise
    tone: str
    icon: str
    ready: bool = True
    lacks_keys: bool = False


@dataclass(frozen=True)
class ReviewTold:
    """What the network checks before others may use our app, and how far that is.

    word: of the state; "" before an administrator said anything.
    """

    least: int
    most: int
    needs: list[str]
    until: str
    source: str
    link: str
    read_on: str
    state: str
    word: str | Promise

    @property
    def granted(self) -> bool:
        return self.state == ReviewState.GRANTED


def network_at(slug: str) -> SetUp:
    """Raises: NotFound."""
    try:
        return selectors.set_up(slug)
    except Unsupported as error:
        raise NotFound(what="network") from error


def way_back() -> str:
    """The address that networks send the browser back to; an app there has to know it exactly."""
    return f"{settings.PUBLIC_URL}{reverse(CALLBACK)}"


def hidden_at() -> str:
    """The address of this installation where no network outside can reach it; "" where one can."""
    return "" if reachable() else settings.PUBLIC_URL


def hook_address(slug: str) -> str:
    """Where the network tells us things; "" where it tells nothing."""
    if not selectors.pushes(slug):
        return ""
    return f"{settings.PUBLIC_URL}{reverse('hook', args=[slug])}"


def standing(there: SetUp) -> Standing:
    """What is missing, worst first."""
    if there.manifest.app is None:
        return Standing(_("ready"), "done", "check")
    if there.keys is None:
        return Standing(_("keys are missing"), "care", "key-round", ready=False, lacks_keys=True)
    if there.keys.trouble:
        return Standing(_("keys are refused"), "stop", "circle-x", ready=False)
    if there.keys.review in (ReviewState.ASKED, ReviewState.REFUSED):
        return Standing(_("review is open"), "care", "clock")
    if there.keys.checked_at is None:
        return Standing(_("keys are not checked"), "ask", "circle-help")
    return Standing(_("ready"), "done", "check")


def review_of(there: SetUp) -> ReviewTold | None:
    """None where the network checks nothing."""
    app = there.manifest.app
    if app is None or app.review is None:
        return None
    return _told(app.review, there.keys.review if there.keys else "")


def _told(review: Review, state: str) -> ReviewTold:
    least, most = review.weeks
    return ReviewTold(
        least=least,
        most=most,
        needs=[translated(one) for one in review.needs],
        until=translated(review.until),
        source=review.source,
        link=review.source if review.source.startswith("https://") else "",
        read_on=day(review.read_on),
        state=state,
        word=REVIEWS.get(state, ""),
    )
