"""What is tried: an account on a test server, and what that server can be told to do."""

import inspect
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NoReturn
from unittest import SkipTest

import httpx

from breakwater.networks.base import (
    Account,
    Answer,
    Auth,
    Can,
    Connector,
    Form,
    Kit,
    Limits,
    Listen,
    Manifest,
    Network,
    Secrets,
)


@dataclass(frozen=True)
class Said:
    """What a stranger did. author: the stranger's remote id. to: where an answer to a message
    goes (Parcel.to)."""

    remote_id: str
    author: str = ""
    to: str = ""


Order = Callable[..., Any]
"""Plain or async; what it gives is in the list below."""


@dataclass(frozen=True)
class Server:
    """What the server behind a subject can be told to do. None: it cannot, and the checks that
    need it are skipped with a sentence. "The next commit" is the one request that publishes.

    drop_next_reply()               the next commit is done, the connection ends without an answer
    fail_next(status, accepted)     the next commit is answered with this status; accepted: and done
    page_next()                     the next commit is done, the answer is 200 with a page of HTML
    throttle_next()                 the next commit is a 429, nothing is done
    stall_next()                    the next commit gets no answer within `Subject.timeout_s`
    expire_tokens()                 access tokens are at their end; what refreshes them is not.
                                    -> new secrets, where only a person can sign in again
    stranger_comments(post, text)   -> Said. post: remote id
    stranger_quotes(post, text)     -> Said, where a quote is all that an account may remove
    stranger_comments_on_an_ad(text) -> Said
    stranger_mentions(text)         -> Said
    stranger_writes(text)           -> Said: a private message
    stranger_reviews(text, rating)  -> Said
    pushes()                        -> (headers, body) of a genuine push for this account
    """

    drop_next_reply: Order | None = None
    fail_next: Order | None = None
    page_next: Order | None = None
    throttle_next: Order | None = None
    stall_next: Order | None = None
    expire_tokens: Order | None = None
    stranger_comments: Order | None = None
    stranger_quotes: Order | None = None
    stranger_comments_on_an_ad: Order | None = None
    stranger_mentions: Order | None = None
    stranger_writes: Order | None = None
    stranger_reviews: Order | None = None
    pushes: Order | None = None

    def can(self, order: str) -> bool:
        return getattr(self, order) is not None

    async def told(self, order: str, *what: Any) -> Any:
        """What the order gives. Skips the check where the server does not know it."""
        call: Order | None = getattr(self, order)
        if call is None:
            skip(f"the subject's server has no `{order}`")
        given = call(*what)
        return await given if inspect.isawaitable(given) else given


@dataclass(frozen=True)
class Subject:
    """A live account to try. connect: builds its connector over a kit.

    now: the present as the network's server sees it. limits: the account's own, if the
    network told them. settle_s: how long to go on looking for what was just published,
    for a network that shows it late. renames: `commit` gives an id that only stands for the
    post (it is moderated first); `read` of it gives the post under its own.
    options: values of options for each parcel, beside those that are made up; form_options: for
    the parcels of one form. not_posts: forms that are no posts to be read back (opening hours, a
    message), left out. media_shown: what is read back has the media. commit_signed: the commit
    carries the account's token, and no key that `prepare` got. timeout_s: of the client.
    many: so many things do not fit on one page of what is polled.
    network, client, account, app: for the checks of signing in and of pushes. listen: as
    `Kit.listen`, for a network whose stream is a WebSocket.
    """

    manifest: Manifest
    connect: Callable[[Kit], Connector]
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))  # noqa: TID251 - a test's edge
    limits: Limits | None = None
    settle_s: float = 0.0
    renames: bool = False
    server: Server = field(default_factory=Server)
    options: Mapping[str, Any] = field(default_factory=dict)
    form_options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    not_posts: frozenset[str] = frozenset()
    media_shown: bool = True
    commit_signed: bool = True
    timeout_s: float = 5.0
    many: int = 12
    network: Network | None = None
    client: httpx.AsyncClient | None = None
    account: Account | None = None
    app: Secrets = field(default_factory=dict, repr=False)
    listen: Listen | None = None

    @classmethod
    def of(
        cls, network: Network, client: httpx.AsyncClient, account: Account, **more: Any
    ) -> "Subject":
        """An account of a network, called through this client: all checks can be asked."""
        return cls(
            network.manifest,
            lambda kit: network.connector(client, account, kit),
            network=network,
            client=client,
            account=account,
            **more,
        )

    @property
    def forms(self) -> tuple[Form, ...]:
        """Those of posts."""
        return tuple(form for form in self.manifest.forms if form.name not in self.not_posts)

    def signing(self) -> tuple[Auth, Account]:
        """How to sign in, and the account. Skips the check where the subject has neither."""
        if self.network is None or self.client is None or self.account is None:
            skip("the subject was not made with its network, client and account")
        return self.network.auth(self.client, self.app), self.account

    def opened(self, account: Account, kit: Kit) -> Connector:
        """The connector with other secrets."""
        if self.network is None or self.client is None:
            skip("the subject was not made with its network and client")
        return self.network.connector(self.client, account, kit)


Check = Callable[[Subject], Awaitable[None]]


class Denied(SkipTest):
    """The manifest says no: there is nothing to show."""


def skip(why: str) -> NoReturn:
    """The check cannot be asked of this subject. pytest and unittest both know it as a skip."""
    raise SkipTest(why)


def needs(subject: Subject, can: Can) -> None:
    """Skips the check where the manifest says no, for the reason that it gives."""
    capability = subject.manifest.can.get(can)
    if capability is None or capability.answer is Answer.NO:
        why = capability.note if capability else ""
        raise Denied(f"the manifest says no to {can.value}: {why}")
