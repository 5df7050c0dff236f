"""com.atproto.*: sessions, records, blobs, as @atproto/pds 0.4.217 answers them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tests.standins.bluesky import lexicon
from tests.standins.bluesky.state import Record, Refusal, State, cid_of

_BLOB_BYTES = 5 * 1024 * 1024


def create_session(state: State, body: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    for person in state.people.values():
        known = body["identifier"] in (person.did, person.handle)
        if known and body["password"] == person.app_password:
            made = state.session(person.did, now)
            return {**made, "did": person.did, "handle": person.handle}
    raise Refusal("AuthenticationRequired", "Invalid identifier or password", 401)


def refresh_session(state: State, token: str, now: datetime) -> dict[str, Any]:
    """For two hours the old token gives the same new ones."""
    did = state.refresh.get(token)
    if did is None:
        raise Refusal("ExpiredToken", "Token has been revoked")
    made = state.renewed.setdefault(token, {})
    if not made:
        made.update(state.session(did, now))
    return {**made, "did": did, "handle": state.people[did].handle}


def get_session(state: State, did: str, origin: str) -> dict[str, Any]:
    service = {"id": "#atproto_pds", "serviceEndpoint": origin}
    document = {"id": did, "service": [service]}
    return {"did": did, "handle": state.people[did].handle, "active": True, "didDoc": document}


def put_record(state: State, did: str, body: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """swapRecord null: only if there is none. The same record again is a 200."""
    _own(did, body["repo"])
    if wrong := lexicon.record(body["record"], body["collection"]):
        raise Refusal("InvalidRequest", f"Invalid {body['collection']} record: {wrong[0]}")
    _blobs_are_there(state, body["record"])
    uri = f"at://{did}/{body['collection']}/{body['rkey']}"
    there = state.records.get(uri)
    if there is not None and there.value == body["record"]:
        return {"uri": uri, "cid": there.cid}
    if "swapRecord" in body and body["swapRecord"] != (there.cid if there else None):
        raise Refusal("InvalidSwap", f"Record was at {there.cid if there else None}")
    made = state.put(did, body["collection"], body["rkey"], body["record"], now)
    return {"uri": made.uri, "cid": made.cid}


def delete_record(state: State, did: str, body: Mapping[str, Any]) -> dict[str, Any]:
    _own(did, body["repo"])
    state.records.pop(f"at://{did}/{body['collection']}/{body['rkey']}", None)
    return {}


def get_record(state: State, args: Mapping[str, str]) -> dict[str, Any]:
    did = state.named(args["repo"]).did
    found = state.records.get(f"at://{did}/{args['collection']}/{args['rkey']}")
    if found is None:
        raise Refusal("RecordNotFound", "Could not locate record")
    return row(found)


def list_records(state: State, args: Mapping[str, str]) -> dict[str, Any]:
    """Newest key first; the cursor is the last key of a page."""
    did = state.named(args["repo"]).did
    found = sorted(state.of(args["collection"], did), key=lambda one: one.uri, reverse=True)
    after = args.get("cursor", "")
    rest = [one for one in found if not after or one.uri.rsplit("/", 1)[1] < after]
    page = rest[: int(args.get("limit", 50))]
    answer: dict[str, Any] = {"records": [row(one) for one in page]}
    if page:
        answer["cursor"] = page[-1].uri.rsplit("/", 1)[1]
    return answer


def upload_blob(state: State, content: bytes, mime: str) -> dict[str, Any]:
    if len(content) > _BLOB_BYTES:
        raise Refusal("PayloadTooLarge", "request entity too large", 413)
    return {"blob": stored(state, content, mime)}


def stored(state: State, content: bytes, mime: str) -> dict[str, Any]:
    """A reference to bytes that are kept from now on."""
    cid = cid_of(content, raw=True)
    state.blobs[cid] = (content, mime)
    return {"$type": "blob", "ref": {"$link": cid}, "mimeType": mime, "size": len(content)}


def resolve_handle(state: State, args: Mapping[str, str]) -> dict[str, Any]:
    for person in state.people.values():
        if person.handle == args["handle"]:
            return {"did": person.did}
    raise Refusal("InvalidRequest", "Unable to resolve handle")


def row(found: Record) -> dict[str, Any]:
    return {"uri": found.uri, "cid": found.cid, "value": dict(found.value)}


def _own(did: str, repo: str) -> None:
    if repo != did:
        raise Refusal("AuthenticationRequired", "Invalid repo", 401)


def _blobs_are_there(state: State, value: Any) -> None:
    if isinstance(value, dict):
        if value.get("$type") == "blob" and value["ref"]["$link"] not in state.blobs:
            raise Refusal("BlobNotFound", f"Could not find blob: {value['ref']['$link']}")
        value = list(value.values())
    for inner in value if isinstance(value, list) else []:
        _blobs_are_there(state, inner)
