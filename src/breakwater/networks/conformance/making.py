"""Parcels, and the pictures, videos and documents in them, made here: no file is read."""

import hashlib
import secrets
import struct
import zlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

from PIL import Image

from breakwater.networks.base import (
    Ask,
    Connector,
    Form,
    Handle,
    Kind,
    Kit,
    Limits,
    Medium,
    Option,
    Parcel,
    VideoLimits,
)
from breakwater.networks.conformance.subject import Subject, skip

ALT = "A square, all one colour. Ein “Quadrat” — 四角."
SIDE = 640
_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/gif": "GIF"}
_USUAL_S = 9.0
_TID = "234567abcdefghijklmnopqrstuvwxyz"
_BLOBS: dict[str, bytes] = {}


class Keep:
    """Remembers the last handle that was given to it."""

    def __init__(self) -> None:
        self.last: Handle = {}

    async def __call__(self, handle: Handle) -> None:
        self.last = handle


def kit(subject: Subject) -> Kit:
    """Reads what was made here. A call that is counted has to be in the manifest."""
    manifest = subject.manifest

    async def take(call: str) -> None:
        assert call in {*manifest.costs, *manifest.prices}, f"{call} has no cost and no price"

    made = Kit(read=_read, part=_part, address=_address, take=take, app=subject.app)
    return replace(made, listen=subject.listen) if subject.listen else made


def open_(subject: Subject) -> Connector:
    return subject.connect(kit(subject))


def limits(subject: Subject) -> Limits:
    return subject.limits or subject.manifest.limits


async def parcel(
    subject: Subject,
    text: str,
    *,
    pictures: int = 0,
    form: Form | None = None,
    carried: tuple[Medium, ...] | None = None,
    exact: bool = False,
) -> Parcel:
    """A post of its own: in this form, or with so many pictures, or the simplest there is.

    exact: the text stays as it is; otherwise a few letters make it one of its kind.
    """
    chosen, media = _chosen(subject, pictures, form)
    now = subject.now()
    made = Parcel(
        key=secrets.token_hex(16),
        record_key=secrets.choice(_TID[:16]) + "".join(secrets.choice(_TID) for _ in range(12)),
        created_at=now,
        text=text if exact else f"{text} {secrets.token_hex(6)}".strip(),
        media=media if carried is None else carried,
        language="en",
        options=await _options(subject, chosen),
        first_sent_at=now,
        form=chosen.name if chosen else "",
    )
    return replace(made, text="") if chosen and not chosen.text_shown else made


async def answer(
    subject: Subject, text: str, *, reply_to: str = "", root: str = "", to: str = ""
) -> Parcel:
    """Words that answer something: a comment, a reply, a message."""
    said = await parcel(subject, text, form=subject.manifest.form_of(()), carried=())
    return replace(
        said, text=said.text or f"{text} {secrets.token_hex(6)}", reply_to=reply_to, root=root, to=to
    )  # fmt: skip


def least(subject: Subject, form: Form) -> tuple[Medium, ...]:
    """The fewest media that a post of this form can have."""
    return media(subject, form, {kind: fewest for kind, (fewest, _) in form.takes.items()})


def some(subject: Subject, form: Form) -> tuple[Medium, ...]:
    """The fewest that show what the form is for: one, where it could do without any."""
    if found := least(subject, form):
        return found
    kinds = [kind for kind, (_, most) in form.takes.items() if most]
    return media(subject, form, {kinds[0]: 1}) if kinds else ()


def most(subject: Subject, form: Form) -> tuple[Medium, ...]:
    """As many as a post of this form can have, of the kinds in their order."""
    room = form.most or sum(top for _, top in form.takes.values())
    numbers = {kind: fewest for kind, (fewest, _) in form.takes.items()}
    room -= sum(numbers.values())
    for kind, (fewest, top) in form.takes.items():
        numbers[kind] += min(room, top - fewest)
        room -= min(room, top - fewest)
    return media(subject, form, numbers)


def media(subject: Subject, form: Form, numbers: Mapping[Kind, int]) -> tuple[Medium, ...]:
    """So many of each kind."""
    made = [picture(subject, n) for n in range(numbers.get(Kind.PICTURE, 0))]
    made += [video(subject, form, n) for n in range(numbers.get(Kind.VIDEO, 0))]
    made += [document(n) for n in range(numbers.get(Kind.DOCUMENT, 0))]
    return tuple(made)


def picture(subject: Subject, number: int) -> Medium:
    """One grey, other for each number, in a type that the network takes."""
    taken = limits(subject).picture_types
    mime = next((one for one in _FORMATS if one in taken), "image/jpeg")
    file = BytesIO()
    Image.new("L", (SIDE, SIDE), 40 + 20 * (number % 10)).convert("RGB").save(file, _FORMATS[mime])
    sha256 = _kept(file.getvalue())
    return Medium(sha256, mime, len(_BLOBS[sha256]), SIDE, SIDE, f"{number}: {ALT}")


def video(subject: Subject, form: Form | None, number: int) -> Medium:
    """As short as allowed, upright."""
    said = (form.video if form else None) or limits(subject).video or VideoLimits(0)
    seconds = max(said.least_s, min(_USUAL_S, said.most_s or _USUAL_S))
    sha256 = _kept(mp4(round(seconds * 1000), 720, 1280, number))
    return Medium(
        sha256, "video/mp4", len(_BLOBS[sha256]), 720, 1280, f"{number}: {ALT}",
        length_ms=round(seconds * 1000),
    )  # fmt: skip


def document(number: int) -> Medium:
    sha256 = _kept(pdf(number))
    return Medium(
        sha256, "application/pdf", len(_BLOBS[sha256]), 0, 0, f"{number}: {ALT}", name="Tides.pdf"
    )


def png(grey: int) -> bytes:
    """A valid 8 x 8 picture of one grey (0-255)."""
    rows = b"".join(b"\0" + bytes([grey]) * 8 for _ in range(8))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def mp4(length_ms: int, width: int, height: int, number: int = 0) -> bytes:
    """A container with a header and one track, whose length and size can be read; no picture."""

    def box(kind: bytes, *parts: bytes) -> bytes:
        body = b"".join(parts)
        return struct.pack(">I", 8 + len(body)) + kind + body

    unity = struct.pack(">9i", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
    times = struct.pack(">IIII", 0, 0, 1000, length_ms)
    movie = box(
        b"mvhd", bytes(4), times, struct.pack(">IH", 0x10000, 0x100), bytes(10), unity, bytes(24),
        struct.pack(">I", 2),
    )  # fmt: skip
    track = box(
        b"tkhd", b"\0\0\0\x03", struct.pack(">IIIII", 0, 0, 1, 0, length_ms), bytes(16), unity,
        struct.pack(">II", width << 16, height << 16),
    )  # fmt: skip
    return (
        box(b"ftyp", b"mp42\0\0\0\0mp42isom")
        + box(b"moov", movie, box(b"trak", track))
        + box(b"mdat", bytes([number % 256]) * 100_000)
    )


def pdf(number: int) -> bytes:
    """One empty page."""
    parts = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 %d] >>" % (200 + number),
    )
    whole, at = b"%PDF-1.4\n", []
    for place, part in enumerate(parts, start=1):
        at.append(len(whole))
        whole += b"%d 0 obj %s endobj\n" % (place, part)
    rows = b"".join(b"%010d 00000 n \n" % where for where in at)
    table = b"xref\n0 4\n0000000000 65535 f \n" + rows
    return (
        whole + table + b"trailer << /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(whole)
    )


def takes_pictures(subject: Subject, number: int) -> bool:
    """Whether there is a post of so many pictures and nothing else."""
    manifest = subject.manifest
    carried = tuple(picture(subject, one) for one in range(number))
    return not manifest.forms or manifest.form_of(carried) is not None


def _chosen(
    subject: Subject, pictures: int, form: Form | None
) -> tuple[Form | None, tuple[Medium, ...]]:
    """A form and the media of a post in it. No form: the network has none."""
    manifest = subject.manifest
    if form is not None:
        return form, least(subject, form)
    carried = tuple(picture(subject, number) for number in range(pictures))
    fitting = manifest.form_of(carried)
    if fitting or not manifest.forms:
        return fitting, carried
    if pictures:
        skip(f"the network has no post of {pictures} pictures")
    simplest = next((one for one in subject.forms if not one.asked), subject.forms[0])
    return simplest, least(subject, simplest)


async def _options(subject: Subject, form: Form | None) -> dict[str, Any]:
    """What has to be decided for a post of this form, decided somehow."""
    given = {**subject.options, **subject.form_options.get(form.name if form else "", {})}
    chosen: dict[str, Any] = {}
    for option in subject.manifest.options:
        asked = not option.forms or (form is not None and form.name in option.forms)
        if option.needed and asked and option.name not in given:
            chosen[option.name] = option.default or await _somehow(subject, option)
    return {**chosen, **given}


async def _somehow(subject: Subject, option: Option) -> str:
    if option.choices:
        return option.choices[0][0]
    if option.of_account:
        return (await open_(subject).choices(option.name))[0].value
    in_two_days = (subject.now() + timedelta(days=2)).isoformat()
    somehow = {Ask.FLAG: "true", Ask.TEXT: "Conformance", Ask.MOMENT: in_two_days}
    return somehow.get(option.ask, "")


def _kept(content: bytes) -> str:
    sha256 = hashlib.sha256(content).hexdigest()
    _BLOBS[sha256] = content
    return sha256


async def _read(sha256: str) -> bytes:
    return _BLOBS[sha256]


async def _part(sha256: str, offset: int, length: int) -> bytes:
    return _BLOBS[sha256][offset : offset + length]


def _address(sha256: str, mime: str) -> str:
    """What a network that fetches media is told; a stand-in knows the bytes by their digest."""
    return f"https://desk.example/m/{sha256}.{mime.partition('/')[2]}?sig=test"
