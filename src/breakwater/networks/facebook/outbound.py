"""What leaves for a Page: posts, comments, messages; edits, deletes, acts.

Ids that we give out: `<page>_<post>` of a post, `video:…`, `live:…` and `story:…` of those,
Facebook's own of comments and messages. A video is known by the id of its post once it is out.
"""

from datetime import datetime

import httpx

from breakwater.domain.errors import Refused, Unsupported
from breakwater.domain.guarantees import Guarantee
from breakwater.networks.base import (
    Account,
    Act,
    Batch,
    Comment,
    Figure,
    Handle,
    KeepHandle,
    Kit,
    Look,
    Parcel,
    Profile,
    Seen,
    Sent,
    Source,
)
from breakwater.networks.facebook import acts, figures, publishing
from breakwater.networks.facebook.calls import Node, Page
from breakwater.networks.facebook.inbound import Reader
from breakwater.networks.facebook.looking import Looker
from breakwater.networks.facebook.manifest import MANIFEST
from breakwater.networks.facebook.polling import Poller
from breakwater.networks.facebook.preparing import Preparing
from breakwater.networks.facebook.publishing import form_of
from breakwater.networks.facebook.uploads import Uploads
from breakwater.networks.unable import Unable
from breakwater.networks.wire import told

_EDITED = {
    Node.POST: "message",
    Node.COMMENT: "message",
    Node.VIDEO: "description",
    Node.LIVE: "description",
}
"""What an edit of our words is called."""


class FacebookConnector(Unable):
    """One Page."""

    def __init__(self, client: httpx.AsyncClient, account: Account, kit: Kit) -> None:
        self._kit = kit
        self._page = Page(client, account, kit)
        self._reader = Reader(self._page)

    @property
    def guarantee(self) -> Guarantee:
        return MANIFEST.guarantee

    def guards(self, parcel: Parcel) -> Guarantee:
        """A handle for what is one object from its first byte on (a video, a live video)."""
        form = form_of(parcel)
        return (form.guarantee if form else None) or self.guarantee

    async def prepare(self, parcel: Parcel, handle: Handle, keep: KeepHandle) -> Handle:
        return await Preparing(self._page, Uploads(self._page, self._kit)).prepare(
            parcel, handle, keep
        )

    async def commit(self, parcel: Parcel, handle: Handle) -> Sent:
        return await publishing.commit(self._page, self._kit, parcel, handle)

    async def look(self, parcel: Parcel, handle: Handle) -> Look:
        return await Looker(self._page, self._reader).look(parcel, handle)

    async def read(self, remote_id: str) -> Seen | None:
        return await self._reader.read(remote_id)

    async def edit(self, remote_id: str, parcel: Parcel) -> Sent:
        """The words only; pictures stay as they are."""
        node, plain = self._page.node(remote_id)
        if node not in _EDITED:
            raise Unsupported(f"a {node} cannot be changed")
        await self._page.graph.post(plain, safe=True, **{_EDITED[node]: parcel.text})
        return Sent(remote_id)

    async def delete(self, remote_id: str) -> None:
        node, plain = self._page.node(remote_id)
        if node in (Node.MESSAGE, Node.STORY):
            raise Unsupported(f"a {node} cannot be deleted by a program")
        try:
            await self._page.graph.delete(plain)
        except Refused as error:
            if error.reason != "not_there":
                raise

    async def act(self, act: Act) -> Sent:
        return await acts.act(self._page, act)

    async def acted(self, act: Act) -> bool:
        return await acts.acted(self._page, self._reader, act)

    async def timeline(self, limit: int) -> tuple[Seen, ...]:
        return await self._reader.timeline(limit)

    async def comments(self, remote_id: str) -> tuple[Comment, ...]:
        return await self._reader.comments(remote_id)

    async def poll(self, source: Source, cursor: str) -> Batch:
        return await Poller(self._page).poll(source, cursor)

    async def subscribe(self, address: str) -> datetime | None:
        await acts.subscribe(self._page, address)
        return None

    async def profile(self) -> Profile:
        """Without the picture: its address is signed anew again and again, so that another one is no
        other picture. Fields: api_specs/specs/Page.json."""
        row = await self._page.graph.get(self._page.id, fields="name,username,about,website")
        username = str(row.get("username") or "")
        return Profile(
            told(row, "name"), f"@{username}" if username else "", str(row.get("about") or ""),
            str(row.get("website") or ""),
        )  # fmt: skip

    async def insights(self, remote_id: str = "") -> tuple[Figure, ...]:
        if not remote_id:
            return await figures.of_page(self._page)
        node, plain = self._page.node(remote_id)
        if node is Node.POST:
            return await figures.of_post(self._page, plain)
        if node is Node.VIDEO:
            return await figures.of_video(self._page, plain)
        return await super().insights(remote_id)
