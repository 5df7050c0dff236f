"""What leaves for Mastodon: media first (harmless), then one status; edits and deletion.

The handle: {"media": [{"sha256", "id", "ready"}, …]}, one entry a medium, in order; of an answer
or a message also {"to": [acct, …], "visibility"} (`addressing`).
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import httpx

from breakwater.domain.errors import NetworkError, OutcomeUnknown, Refused, TryLater
from breakwater.domain.guarantees import Guarantee
from breakwater.networks import wire
from breakwater.networks.base import (
    Account,
    Act,
    Arrived,
    Batch,
    Comment,
    Figure,
    Handle,
    KeepHandle,
    Kit,
    Look,
    Metric,
    Parcel,
    People,
    Profile,
    Seen,
    Sent,
    Source,
)
from breakwater.networks.mastodon.acts import Deeds
from breakwater.networks.mastodon.addressing import addressed, envelope
from breakwater.networks.mastodon.arriving import Inbox
from breakwater.networks.mastodon.errors import refusal
from breakwater.networks.mastodon.inbound import Reader, bearer, plain
from breakwater.networks.mastodon.inbound import addressed as leading
from breakwater.networks.mastodon.manifest import MANIFEST, QUOTERS, VISIBILITIES
from breakwater.networks.mastodon.media import Entry, Uploads
from breakwater.networks.mastodon.streaming import follow
from breakwater.networks.unable import Unable

LOOK_BACK = timedelta(minutes=2)
PROCESSING_S = 5.0
"""How long to leave a medium alone that the instance still works on."""

_COUNTS: Mapping[str, Metric] = {
    "favourites_count": Metric.LIKES,
    "reblogs_count": Metric.SHARES,
    "replies_count": Metric.COMMENTS,
}
_OWN_COUNTS: Mapping[str, Metric] = {"followers_count": Metric.FOLLOWERS}


class MastodonConnector(Unable):
    """One account on one instance."""

    def __init__(self, client: httpx.AsyncClient, account: Account, kit: Kit) -> None:
        self._client = client
        self._account = account
        self._kit = kit
        self._reader = Reader(client, account, kit)
        self._uploads = Uploads(client, account, kit, self._reader)
        self._deeds = Deeds(client, account, kit, self._reader)
        self._inbox = Inbox(self._reader, account.remote_id)

    @property
    def guarantee(self) -> Guarantee:
        return MANIFEST.guarantee

    async def prepare(self, parcel: Parcel, handle: Handle, keep: KeepHandle) -> Handle:
        """The handle with each medium uploaded and ready, and with whom an answer goes to.

        Raises TryLater (5 s) while the instance still works on one; the handle is kept, and the
        next call asks instead of uploading again. An upload that the instance swept out (after
        a day) is made anew, unless a commit call may have used it.
        """
        to = await self._envelope(parcel, handle, keep)
        media = _kept(parcel, handle)
        old = len(media)
        for medium in parcel.media[old:]:
            media = [*media, await self._uploads.make(medium)]
            await keep({"media": media, **to})
        for place, medium in enumerate(parcel.media):
            if _settled(media[place], is_old=place < old, parcel=parcel):
                continue
            fresh = await self._uploads.ask(media[place], medium)
            if fresh != media[place]:
                media = [*media[:place], fresh, *media[place + 1 :]]
                await keep({"media": media, **to})
        if not all(entry["ready"] for entry in media):
            raise TryLater("the instance still works on a medium", after_s=PROCESSING_S)
        return {"media": media, **to}

    async def commit(self, parcel: Parcel, handle: Handle) -> Sent:
        """The status, public from the answer on. One request, one key."""
        body = _status(parcel, _kept(parcel, handle), handle)
        await self._kit.take("write")
        response = await wire.call(
            self._client,
            "POST",
            f"{self._account.origin}/api/v1/statuses",
            headers={**bearer(self._account), "Idempotency-Key": parcel.key},
            json=body,
        )
        if not response.is_success:
            raise refusal(response)
        answer = wire.body(response)
        remote_id = answer.get("id")
        if "scheduled_at" in answer or not isinstance(remote_id, str) or not remote_id:
            raise OutcomeUnknown(f"no status in the answer: {wire.excerpt(response)}")
        url = answer.get("url") or answer.get("uri") or ""
        return Sent(remote_id=remote_id, url=str(url), detail=wire.excerpt(response))

    async def look(self, parcel: Parcel, handle: Handle) -> Look:
        """Own posts since two minutes before the first send. Never exact: the key is not shown."""
        return await self._reader.look((parcel.first_sent_at or parcel.created_at) - LOOK_BACK)

    async def read(self, remote_id: str) -> Seen | None:
        return await self._reader.read(remote_id)

    async def edit(self, remote_id: str, parcel: Parcel) -> Sent:
        """The same post with other words and descriptions; the instance keeps the earlier ones.

        Raises: Refused("media_stays") when the parcel has more or fewer media than the post.
        """
        path = f"/api/v1/statuses/{quote(remote_id, safe='')}"
        now = await self._reader.one(path)
        media = [str(one.get("id")) for one in now.get("media_attachments") or ()]
        if len(media) != len(parcel.media):
            raise Refused("media_stays", f"{len(media)} media there, {len(parcel.media)} here")
        await self._kit.take("write")
        response = await wire.call(
            self._client,
            "PUT",
            f"{self._account.origin}{path}",
            headers=bearer(self._account),
            json=_edited(parcel, media, list(leading(now))),
        )
        if not response.is_success:
            raise refusal(response)
        answer = wire.body(response)
        if answer.get("id") != remote_id:
            raise OutcomeUnknown(f"another status in the answer: {wire.excerpt(response)}")
        return Sent(remote_id, str(answer.get("url") or ""), wire.excerpt(response))

    async def delete(self, remote_id: str) -> None:
        """Gone, its media at once too (`delete_media`, 4.4; older instances: in a day)."""
        await self._kit.take("delete")
        response = await wire.call(
            self._client,
            "DELETE",
            f"{self._account.origin}/api/v1/statuses/{quote(remote_id, safe='')}",
            params={"delete_media": "true"},
            headers=bearer(self._account),
        )
        if not response.is_success and response.status_code not in (404, 410):
            raise refusal(response)

    async def act(self, act: Act) -> Sent:
        return await self._deeds.do(act)

    async def acted(self, act: Act) -> bool:
        return await self._deeds.done(act)

    async def timeline(self, limit: int) -> tuple[Seen, ...]:
        return await self._reader.timeline(limit)

    async def comments(self, remote_id: str) -> tuple[Comment, ...]:
        return await self._reader.comments(remote_id)

    async def poll(self, source: Source, cursor: str) -> Batch:
        if source not in MANIFEST.polls:
            return await super().poll(source, cursor)
        return await self._inbox.poll(source, cursor)

    def stream(self) -> AsyncIterator[Arrived]:
        return follow(self._client, self._account, self._reader)

    async def insights(self, remote_id: str = "") -> tuple[Figure, ...]:
        """So far: of one post, or of the account."""
        if remote_id:
            path = f"/api/v1/statuses/{quote(remote_id, safe='')}"
            return _figures(await self._reader.one(path), _COUNTS)
        return _figures(await self._reader.me(), _OWN_COUNTS)

    async def profile(self) -> Profile:
        """https://docs.joinmastodon.org/entities/Account/ (read 2026-11-28). pinned: asked apart."""
        me = await self._reader.me()
        path = f"/api/v1/accounts/{quote(self._account.remote_id, safe='')}/statuses"
        pinned = wire.rows(await self._reader.many(path, {"pinned": "true"}))
        source = me.get("source")
        note = source.get("note") if isinstance(source, Mapping) else ""
        return Profile(
            name=str(me.get("display_name") or me.get("username") or ""),
            handle=self._account.handle,
            bio=str(note or ""),
            link=_first_link(me.get("fields")),
            picture=str(me.get("avatar") or ""),
            pinned=tuple(str(one.get("id", "")) for one in pinned),
        )

    async def following(self, cursor: str = "") -> People:
        return await self._deeds.following(cursor)

    async def _envelope(
        self, parcel: Parcel, handle: Handle, keep: KeepHandle
    ) -> Mapping[str, Any]:
        if "to" in handle:
            return {"to": handle["to"], "visibility": handle["visibility"]}
        to = await envelope(parcel, self._reader, self._account.remote_id)
        if to:
            await keep({**handle, **to})
        return to


def _kept(parcel: Parcel, handle: Handle) -> list[Entry]:
    """The uploads of `handle` that are still this parcel's media, in order."""
    kept: list[Entry] = []
    for entry, medium in zip(handle.get("media", ()), parcel.media, strict=False):
        if entry["sha256"] != medium.sha256:
            break
        kept.append(dict(entry))
    return kept


def _settled(entry: Entry, *, is_old: bool, parcel: Parcel) -> bool:
    """Is there nothing to ask about this upload? An attached one answers 404 to its author."""
    return bool(entry["ready"]) and (not is_old or parcel.first_sent_at is not None)


def _status(parcel: Parcel, media: Sequence[Entry], handle: Handle) -> dict[str, Any]:
    """The body, the same on each try. `scheduled_at` is never in it (delivery.md, the wall)."""
    if len(media) != len(parcel.media) or (_is_an_answer(parcel) and "to" not in handle):
        raise _not_prepared()
    options = parcel.options
    visibility = handle.get("visibility") or _chosen(options, "visibility", VISIBILITIES)
    return _said(
        parcel,
        status=addressed(parcel.text, handle.get("to", [])),
        media_ids=[entry["id"] for entry in media],
        visibility=visibility,
        in_reply_to_id=parcel.reply_to,
        quote_approval_policy=_chosen(options, "quotes", QUOTERS),
    )


def _edited(parcel: Parcel, media: Sequence[str], to: list[str]) -> dict[str, Any]:
    """The body of an edit. What is not named in it would be taken away."""
    return {
        **_said(parcel, status=addressed(parcel.text, to), media_ids=list(media)),
        "spoiler_text": parcel.options.get("warning") or "",
        "sensitive": bool(parcel.options.get("sensitive")),
        **(
            {
                "media_attributes": [
                    {"id": media_id, "description": medium.alt}
                    for media_id, medium in zip(media, parcel.media, strict=True)
                ]
            }
            if media
            else {}
        ),
    }


def _said(parcel: Parcel, **more: Any) -> dict[str, Any]:
    wanted = {
        "language": parcel.language,
        "spoiler_text": parcel.options.get("warning") or "",
        "sensitive": bool(parcel.options.get("sensitive")),
        **more,
    }
    return {name: value for name, value in wanted.items() if value or name == "status"}


def _chosen(options: Mapping[str, Any], name: str, known: Sequence[str]) -> str:
    value = options.get(name) or ""
    if value and value not in known:
        raise Refused("option_unknown", f"{name} {value!r}")
    return str(value)


def _is_an_answer(parcel: Parcel) -> bool:
    return bool(parcel.reply_to or parcel.to)


def _figures(found: Mapping[str, Any], names: Mapping[str, Metric]) -> tuple[Figure, ...]:
    return tuple(
        Figure(metric, found[name])
        for name, metric in names.items()
        if isinstance(found.get(name), int) and not isinstance(found.get(name), bool)
    )


def _not_prepared() -> NetworkError:
    return TryLater("the media are not uploaded, or nobody is asked for yet: prepare first")


def _first_link(fields: object) -> str:
    """What the first row beside the name says that holds an address."""
    rows = [one for one in fields if isinstance(one, Mapping)] if isinstance(fields, list) else []
    said = (plain(str(one.get("value") or "")) for one in rows)
    return next((one for one in said if one.startswith("http")), "")
