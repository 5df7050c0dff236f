"""Comments of ours: on a post, below a comment, below what somebody else wrote about us."""

from datetime import datetime

from breakwater.domain.errors import OutcomeUnknown, Refused
from breakwater.domain.text import over
from breakwater.networks.base import Look, Parcel, Sent
from breakwater.networks.graph import Graph
from breakwater.networks.instagram.inbound import Reader, bare
from breakwater.networks.instagram.manifest import LIMITS


def checked(parcel: Parcel) -> None:
    """Raises: Refused for what no comment can be."""
    if parcel.media:
        raise Refused("words_only")
    if over(parcel.text, LIMITS.text):
        raise Refused("text_too_long", f"more than {LIMITS.text.limit}")


async def say(graph: Graph, me: str, parcel: Parcel) -> Sent:
    """One request. me: id of the account."""
    target = parcel.reply_to
    if target.startswith("mention:"):
        _, media, comment = target.split(":")
        fields = {"media_id": media, "message": parcel.text}
        if comment:
            fields["comment_id"] = comment
        made = await graph.post(f"{me}/mentions", safe=False, **fields)
    else:
        edge = "replies" if target.startswith("comment:") else "comments"
        made = await graph.post(f"{bare(target)}/{edge}", message=parcel.text)
    remote_id = made.get("id")
    if not isinstance(remote_id, str) or not remote_id:
        raise OutcomeUnknown(f"no id in the answer: {sorted(made)}")
    return Sent(f"comment:{remote_id}")


async def look(reader: Reader, parcel: Parcel, since: datetime) -> Look:
    """Comments under somebody else's post cannot be listed: absence proves nothing there."""
    if parcel.reply_to.startswith("mention:"):
        return Look(exact=False, posts=(), complete=False)
    return Look(exact=False, posts=await reader.own_comments(parcel.reply_to, since))
