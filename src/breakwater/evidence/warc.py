"""A WARC of what was asked and answered, and its index: ISO 28500, CDXJ. The same in, the same out."""

import gzip
import hashlib
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from breakwater.channels.tapes import Exchange, Headers

FILE = "data.warc.gz"
_LENGTHS = {"content-length", "content-encoding"}


@dataclass(frozen=True)
class Archive:
    """data: the WARC, gzipped record by record. index: CDXJ, gzipped."""

    data: bytes
    index: bytes


def archive(exchanges: Sequence[Exchange], *, capture: UUID, taking: int, software: str) -> Archive:
    """Each exchange is a response record and its request record; ids are of capture and taking."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="WARC/1.1")
    lines = []
    space = uuid5(capture, str(taking))
    for number, one in enumerate(exchanges):
        begin = out.tell()
        _response(writer, one, uuid5(space, f"response {number}"))
        lines.append(_line(one, begin, out.tell() - begin))
        _request(writer, one, uuid5(space, f"request {number}"), uuid5(space, f"response {number}"))
    if not exchanges:  # a WARC is never empty
        info = {"software": software, "format": "WARC File Format 1.1"}
        record = writer.create_warcinfo_record(FILE, info)
        record.rec_headers.replace_header("WARC-Record-ID", f"<urn:uuid:{space}>")
        record.rec_headers.replace_header("WARC-Date", "1980-01-01T00:00:00Z")
        writer.write_record(record)
    index = "".join(sorted(lines)).encode()
    return Archive(out.getvalue(), gzip.compress(index, mtime=0))


def exchanges(data: bytes) -> list[Exchange]:
    """What was asked and answered, read back from a WARC of ours: each answer is before its request."""
    found: list[Exchange] = []
    answer: Exchange | None = None
    for record in ArchiveIterator(io.BytesIO(data)):
        if record.rec_type not in ("response", "request"):
            continue
        head, body = record.http_headers, record.raw_stream.read()
        if record.rec_type == "response":
            answer = Exchange(
                at=datetime.fromisoformat(record.rec_headers.get_header("WARC-Date")), method="",
                url=record.rec_headers.get_header("WARC-Target-URI"), asked=(), sent=b"",
                status=int(head.get_statuscode()), answered=tuple(head.headers), body=body,
                hidden=False,
            )  # fmt: skip
        elif answer is not None:
            sent = tuple(head.headers)
            found.append(replace(answer, method=head.protocol, asked=sent, sent=body))
    return found


def _response(writer: WARCWriter, one: Exchange, record_id: UUID) -> None:
    said = f"{one.status} {_phrase(one.status)}".strip()
    headers = _sized(one.answered, one.body)
    writer.write_record(
        writer.create_warc_record(
            one.url, "response", payload=io.BytesIO(one.body), length=len(one.body),
            http_headers=StatusAndHeaders(said, headers, protocol="HTTP/1.1"),
            warc_headers_dict=_named(one, record_id),
        )
    )  # fmt: skip


def _request(writer: WARCWriter, one: Exchange, record_id: UUID, about: UUID) -> None:
    parts = urlsplit(one.url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    head = StatusAndHeaders(
        f"{one.method} {path} HTTP/1.1", _sized(one.asked, one.sent), is_http_request=True
    )
    writer.write_record(
        writer.create_warc_record(
            one.url, "request", payload=io.BytesIO(one.sent), length=len(one.sent),
            http_headers=head,
            warc_headers_dict={
                **_named(one, record_id), "WARC-Concurrent-To": f"<urn:uuid:{about}>"
            },
        )
    )  # fmt: skip


def _named(one: Exchange, record_id: UUID) -> dict[str, str]:
    at = one.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return {"WARC-Record-ID": f"<urn:uuid:{record_id}>", "WARC-Date": at}


def _sized(headers: Headers, body: bytes) -> list[tuple[str, str]]:
    kept = [(name, value) for name, value in headers if name.lower() not in _LENGTHS]
    return [*kept, ("Content-Length", str(len(body)))]


def _line(one: Exchange, offset: int, length: int) -> str:
    mime = next((v for k, v in one.answered if k.lower() == "content-type"), "")
    facts = {
        "url": one.url,
        "mime": mime.partition(";")[0].strip(),
        "status": str(one.status),
        "digest": f"sha256:{hashlib.sha256(one.body).hexdigest()}",
        "length": str(length),
        "offset": str(offset),
        "filename": FILE,
    }
    return f"{_sorted_by(one.url)} {one.at:%Y%m%d%H%M%S} {json.dumps(facts)}\n"


def _sorted_by(url: str) -> str:
    """The address with its host turned round (SURT), as indexes are sorted."""
    parts = urlsplit(url)
    host = ",".join(reversed((parts.hostname or "").split(".")))
    port = f":{parts.port}" if parts.port else ""
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{port}){parts.path or '/'}{query}".lower().replace(" ", "%20")


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
