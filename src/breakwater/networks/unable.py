"""What a connector and an auth answer for all that their network does not have."""

from collections.abc import AsyncIterator, Mapping
from datetime import datetime

from breakwater.domain.errors import Refused, Unsupported
from breakwater.domain.guarantees import Guarantee
from breakwater.networks.base import (
    Account,
    Act,
    Arrived,
    Batch,
    Can,
    Candidate,
    Choice,
    Comment,
    Figure,
    Manifest,
    Parcel,
    People,
    Profile,
    Secrets,
    Seen,
    Sent,
    Source,
    Who,
)

_REPLIES = (Can.THREAD, Can.FIRST_COMMENT, Can.REPLY, Can.ANSWER_REVIEW)


def deny_answers(manifest: Manifest, parcel: Parcel) -> None:
    """Nothing for a post of its own, nor for an answer that the manifest allows.

    Raises: Unsupported for any other answer, which would appear as a post for everybody.
    """
    if parcel.to and not manifest.allows(Can.SEND_MESSAGE):
        raise Unsupported("no way to send a private message")
    if (parcel.reply_to or parcel.root) and not any(manifest.allows(can) for can in _REPLIES):
        raise Unsupported(f"no way to answer {parcel.reply_to}")


def deny_shapes(manifest: Manifest, parcel: Parcel) -> None:
    """Nothing for a post whose media have the form that it says, nor for an answer.

    Raises: Refused("media_type") for another: too many, or of a kind that the form does not take.
    """
    if parcel.to or parcel.reply_to or parcel.root:
        return
    if manifest.form_of(parcel.media, parcel.form) is None:
        kinds = [one.kind.value for one in parcel.media]
        raise Refused("media_type", f"no {parcel.form or 'post'} of {kinds}")


class Unable:
    """A base for connectors: each ability is Unsupported until the network's own class has it."""

    @property
    def guarantee(self) -> Guarantee:
        return Guarantee.NONE

    def guards(self, parcel: Parcel) -> Guarantee:
        del parcel
        return self.guarantee

    async def read(self, remote_id: str) -> Seen | None:
        raise Unsupported(f"no way to read {remote_id}")

    async def edit(self, remote_id: str, parcel: Parcel) -> Sent:
        raise Unsupported(f"what is out stays as it is: {remote_id} {parcel.key}")

    async def delete(self, remote_id: str) -> None:
        raise Unsupported(f"no way to delete {remote_id}")

    async def act(self, act: Act) -> Sent:
        raise Unsupported(f"no way to {act.deed}")

    async def acted(self, act: Act) -> bool:
        raise Unsupported(f"no way to see whether {act.deed} was done")

    async def timeline(self, limit: int) -> tuple[Seen, ...]:
        raise Unsupported(f"no way to read the last {limit} posts")

    async def comments(self, remote_id: str) -> tuple[Comment, ...]:
        raise Unsupported(f"no way to read comments on {remote_id}")

    async def poll(self, source: Source, cursor: str) -> Batch:
        raise Unsupported(f"{source} cannot be polled (from {cursor!r})")

    def stream(self) -> AsyncIterator[Arrived]:
        raise Unsupported("there is no stream")

    async def subscribe(self, address: str) -> datetime | None:
        raise Unsupported(f"nothing is pushed to {address}")

    async def unsubscribe(self, address: str) -> None:
        raise Unsupported(f"nothing was pushed to {address}")

    async def insights(self, remote_id: str = "") -> tuple[Figure, ...]:
        raise Unsupported(f"no figures of {remote_id or 'the account'}")

    async def profile(self) -> Profile:
        raise Unsupported("no way to read the account's profile")

    async def following(self, cursor: str = "") -> People:
        raise Unsupported(f"no way to read who is followed ({cursor!r})")

    async def choices(self, option: str) -> tuple[Choice, ...]:
        raise Unsupported(f"nothing to choose from for {option}")


class UnableAuth:
    """A base for ways to sign in: no app to register, no password, one account a sign-in."""

    async def register(self, origin: str, redirect_uri: str) -> Secrets:
        raise Unsupported(f"{origin} knows no apps ({redirect_uri})")

    def authorise_url(
        self, origin: str, app: Secrets, *, redirect_uri: str, state: str, challenge: str,
        scopes: tuple[str, ...] = (),
    ) -> str:  # fmt: skip
        del app, state, challenge, scopes
        raise Unsupported(f"{origin} has no consent page ({redirect_uri})")

    async def exchange(
        self, origin: str, app: Secrets, *, code: str, verifier: str, redirect_uri: str
    ) -> Secrets:
        del app, code, verifier
        raise Unsupported(f"{origin} gives no codes ({redirect_uri})")

    async def sign_in(self, origin: str, fields: Mapping[str, str]) -> Secrets:
        raise Unsupported(f"{origin} takes no {sorted(fields)}")

    async def accounts(self, origin: str, secrets: Secrets) -> tuple[Candidate, ...]:
        """The one account that the secrets open."""
        nobody = Account(remote_id="", handle="", origin=origin, secrets=secrets)
        return (Candidate(await self.who(nobody), secrets),)

    async def who(self, account: Account) -> Who:
        raise Unsupported(f"{account.origin} does not say who we are")

    async def refresh(self, account: Account) -> Secrets:
        raise Unsupported(f"{account.origin} renews nothing")

    async def revoke(self, account: Account) -> None:
        """Nothing to take back there."""
        del account

    async def check_app(self, origin: str) -> None:
        raise Unsupported(f"{origin} has no app to check")
