"""app.bsky.*: what the app's service knows of the records, and what it keeps itself (mutes)."""

from collections.abc import Iterator, Mapping
from typing import Any

from tests.standins.bluesky.state import Person, Record, Refusal, State

POST = "app.bsky.feed.post"
Args = Mapping[str, list[str]]


def notifications(state: State, me: Person, args: Args) -> dict[str, Any]:
    """Sorted by the earlier of what its author says and when it was seen, newest first; the cursor
    is the last one's place. Who is muted does not appear."""
    wanted = args.get("reasons", [])
    rows = [
        (_sorted_at(one), one.uri, reason, one)
        for one in state.of(POST)
        for reason in _reasons(one, me)
        if one.did != me.did and one.did not in me.mutes and (not wanted or reason in wanted)
    ]
    rows.sort(key=lambda one: one[:3], reverse=True)
    after = args.get("cursor", [""])[0]
    rest = [one for one in rows if not after or f"{one[0]} {one[1]} {one[2]}" < after]
    page = rest[: int(args.get("limit", ["50"])[0])]
    answer: dict[str, Any] = {
        "notifications": [_notified(state, one, reason) for _, _, reason, one in page]
    }
    if len(rest) > len(page):
        answer["cursor"] = f"{page[-1][0]} {page[-1][1]} {page[-1][2]}"
    return answer


def posts(state: State, me: Person, args: Args) -> dict[str, Any]:
    found = [state.records[uri] for uri in args["uris"] if uri in state.records]
    return {"posts": [_post(state, one, me) for one in found]}


def thread(state: State, me: Person, args: Args) -> dict[str, Any]:
    post = state.records.get(args["uri"][0])
    if post is None:
        raise Refusal("NotFound", f"Post not found: {args['uri'][0]}")
    return {"thread": _thread(state, post, me)}


def profile(state: State, me: Person, args: Args) -> dict[str, Any]:
    person = state.named(args["actor"][0])
    followers = sum(one.value["subject"] == person.did for one in state.of("app.bsky.graph.follow"))
    viewer: dict[str, Any] = {"muted": person.did in me.mutes}
    for name, collection in (
        ("following", "app.bsky.graph.follow"),
        ("blocking", "app.bsky.graph.block"),
    ):
        for one in state.of(collection, me.did):
            if one.value["subject"] == person.did:
                viewer[name] = one.uri
    return {**_person(person), "followersCount": followers, "viewer": viewer}


def follows(state: State, me: Person, args: Args) -> dict[str, Any]:
    """Two on a page, so that there are pages."""
    who = state.named(args["actor"][0])
    dids = [one.value["subject"] for one in state.of("app.bsky.graph.follow", who.did)]
    at = int(args.get("cursor", ["0"])[0])
    answer: dict[str, Any] = {
        "subject": _person(who),
        "follows": [_person(state.people[did]) for did in dids[at : at + 2]],
    }
    if at + 2 < len(dids):
        answer["cursor"] = str(at + 2)
    return answer


def report(state: State, me: Person, body: Mapping[str, Any], at: str) -> dict[str, Any]:
    state.reports.append(body)
    return {
        "id": 41 + len(state.reports), "reasonType": body["reasonType"],
        "subject": body["subject"], "reportedBy": me.did, "createdAt": at,
    }  # fmt: skip


def _reasons(one: Record, me: Person) -> Iterator[str]:
    reply = one.value.get("reply") or {}
    answered = [reply.get(name, {}).get("uri", "") for name in ("root", "parent")]
    if any(uri.startswith(f"at://{me.did}/") for uri in answered):
        yield "reply"
    features = [f for facet in one.value.get("facets", []) for f in facet["features"]]
    if any(feature.get("did") == me.did for feature in features):
        yield "mention"
    embed = one.value.get("embed") or {}
    quoted = embed.get("record", {})
    quoted = quoted.get("record", quoted)
    if str(quoted.get("uri", "")).startswith(f"at://{me.did}/"):
        yield "quote"


def _sorted_at(one: Record) -> str:
    seen = one.indexed.isoformat()
    said = str(one.value["createdAt"]).replace("Z", "+00:00")
    return min(seen, said)


def _notified(state: State, one: Record, reason: str) -> dict[str, Any]:
    reply = one.value.get("reply") or {}
    row = {
        "uri": one.uri, "cid": one.cid, "author": _person(state.people[one.did]), "reason": reason,
        "record": dict(one.value), "isRead": False, "indexedAt": one.indexed.isoformat(),
    }  # fmt: skip
    if reason == "reply":
        row["reasonSubject"] = reply["parent"]["uri"]
    return row


def _post(state: State, one: Record, me: Person) -> dict[str, Any]:
    likes = [
        like for like in state.of("app.bsky.feed.like") if like.value["subject"]["uri"] == one.uri
    ]
    replies = [other for other in state.of(POST) if _parent(other) == one.uri]
    own = [like.uri for like in likes if like.did == me.did]
    return {
        "uri": one.uri, "cid": one.cid, "author": _person(state.people[one.did]),
        "record": dict(one.value), "likeCount": len(likes), "replyCount": len(replies),
        "repostCount": 0, "indexedAt": one.indexed.isoformat(),
        "viewer": {"like": own[0]} if own else {},
    }  # fmt: skip


def _thread(state: State, one: Record, me: Person) -> dict[str, Any]:
    below = [other for other in state.of(POST) if _parent(other) == one.uri]
    return {
        "$type": "app.bsky.feed.defs#threadViewPost",
        "post": _post(state, one, me),
        "replies": [_thread(state, other, me) for other in below],
    }


def _parent(one: Record) -> str:
    return str(one.value.get("reply", {}).get("parent", {}).get("uri", ""))


def _person(person: Person) -> dict[str, Any]:
    return {
        "did": person.did,
        "handle": person.handle,
        "displayName": person.handle.partition(".")[0],
    }
