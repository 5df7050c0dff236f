"""Short videos of the tests' own making, and a PDF."""

import io
from collections.abc import Iterator
from struct import pack, unpack

import av
from av.video.stream import VideoStream
from PIL import Image

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PLACE = "+48.8577+002.295/"


def video(
    *, seconds: float = 1.0, size: tuple[int, int] = (128, 72), codec: str = "libx264",
    form: str = "mp4",
) -> bytes:  # fmt: skip
    """A grey video that says where it was taken and by whom."""
    out = io.BytesIO()
    rate = 10
    with av.open(out, "w", format=form) as made:
        made.metadata.update({"title": "Secret", "location": PLACE, "artist": "Ann"})
        stream = made.add_stream(codec, rate=rate)
        assert isinstance(stream, VideoStream)
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        for number in range(round(seconds * rate)):
            shade = number * 7 % 256
            picture = Image.new("RGB", size, (shade, shade, shade))
            made.mux(stream.encode(av.VideoFrame.from_image(picture)))  # type: ignore[no-untyped-call]
        made.mux(stream.encode())
    return out.getvalue()


def endless(*, times: int) -> bytes:
    """A megabyte of film whose tables name the same bytes `times` times: it unpacks to as many."""
    head, film = video(), bytes(1024 * 1024)
    kind = next(part for name, part in _boxes(head) if name == b"ftyp")
    first = _box(b"ftyp", kind) + _box(b"mdat", film)
    at = len(first) - len(film)
    tables = {
        b"stts": pack(">IIII", 0, 1, times, 1000),
        b"stsc": pack(">IIIII", 0, 1, 1, 1, 1),
        b"stsz": pack(">III", 0, len(film), times),
        b"stco": pack(">II", 0, times) + pack(">I", at) * times,
        b"stss": b"", b"ctts": b"", b"edts": b"",
    }  # fmt: skip
    return first + _box(b"moov", _with(dict(_boxes(head))[b"moov"], tables))


def _with(data: bytes, tables: dict[bytes, bytes]) -> bytes:
    made = b""
    for name, part in _boxes(data):
        if name in (b"trak", b"mdia", b"minf", b"stbl"):
            made += _box(name, _with(part, tables))
        elif name not in tables or tables[name]:
            made += _box(name, tables.get(name, part))
    return made


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at < len(data):
        size, name = unpack(">I4s", data[at : at + 8])
        yield name, data[at + 8 : at + size]
        at += size


def _box(name: bytes, part: bytes) -> bytes:
    return pack(">I4s", len(part) + 8, name) + part
