"""What each network is for a test: where it stands, who may sign in, what its public sees, and what a
stranger can do there."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import httpx

from breakwater.channels import services
from breakwater.channels.models import Channel
from breakwater.core import clock
from breakwater.people.models import Person, Workspace
from tests.standins.base.server import serving
from tests.worlds.gate import Gate

Push = tuple[Mapping[str, str], bytes]
SESSION = "a-session-of-the-test"


class World(ABC):
    """One network. account: remote id of the account to choose where a sign-in opens several.

    keys: the administrator's, as their page would ask for them. renews: whether an access token
    that ran out is renewed without a person.
    """

    slug: ClassVar[str]
    renews: ClassVar[bool] = True
    account = ""
    redirect = "https://desk.example/channels/back"

    def __init__(self) -> None:
        self.gate = self.opened()
        self.gate.expire = self.expire

    @contextmanager
    def standing(self) -> Iterator["World"]:
        """On a socket until the block ends; nothing that its description forbids happened."""
        with serving(self.gate):
            yield self
        assert self.gate.broken == [], self.gate.broken
        assert self.violations() == [], self.violations()

    def prepare(self, fixture: Callable[[str], Any], home: Path) -> None:
        """Before it stands. fixture: gives one of pytest's, by name. home: of the installation's
        networks. Nothing, unless a network needs it."""
        del fixture, home

    # What differs

    @abstractmethod
    def opened(self) -> Gate:
        """The gate before the network."""

    def keys(self) -> Mapping[str, str]:
        return {}

    def violations(self) -> list[str]:
        return []

    @abstractmethod
    def public(self) -> list[str]:
        """The words of all that is out of ours, posts, parts and answers alike."""

    def says(self, about: str, text: str) -> None:
        """A stranger writes below our post `about` (or a review)."""
        raise AssertionError(f"{self.slug}: nobody can say anything below a post")

    def pushes(self, about: str, text: str) -> Push:
        """The same, and what the network sends to our address for it, signed."""
        raise AssertionError(f"{self.slug}: nothing is pushed")

    def hidden(self) -> list[str]:
        """The words of strangers that the public does not see any more."""
        raise AssertionError(f"{self.slug}: nothing can be hidden")

    @abstractmethod
    def expire(self) -> None:
        """Access tokens no longer open anything; what renews them does."""

    def minute_passes(self) -> None:
        """What it counts by the minute is counted anew. Not all count."""
        return

    def sign_in(self, workspace: Workspace, by: Person, channel: Channel | None = None) -> Channel:
        """The account is a channel, after the walk through the consent page. channel: renewed."""
        now = clock.now()
        whose: Any = {"workspace_id": workspace.pk, "session_key": SESSION}
        url = services.start_oauth(
            network=self.slug, origin=self.typed(), redirect_uri=self.redirect, by=by.pk, now=now,
            channel_id=channel.pk if channel else None, **whose,
        )  # fmt: skip
        back = agreed(url)
        found = services.finish_oauth(
            state=back["state"], code=back["code"], by=by.pk, now=now, **whose
        )
        if isinstance(found, Channel):
            return found
        (made,) = services.choose_accounts(
            walk_id=found.walk_id, remote_ids=[self.account], by=by.pk, now=now, **whose
        )
        return made

    def typed(self) -> str:
        """The address that a person types; nothing where there is one server only."""
        return ""


def agreed(url: str) -> dict[str, str]:
    """What the browser brings back after its person said yes."""
    with httpx.Client() as browser:
        page = browser.get(url)
        assert page.status_code == 200, page.text
        form = _Form()
        form.feed(page.text)
        answer = browser.post(url.partition("?")[0], data={**form.fields, "answer": "authorize"})
    assert answer.status_code == 302, answer.text
    back = parse_qs(urlsplit(answer.headers["location"]).query)
    return {name: values[0] for name, values in back.items()}


class _Form(HTMLParser):
    """The hidden fields of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, Any]]) -> None:
        facts = dict(attrs)
        if tag == "input" and facts.get("type") == "hidden":
            self.fields[str(facts["name"])] = str(facts["value"])
