"""`python -m breakwater.media.packing SOURCE TARGET COVER`: a video packed anew, in a process of its own.

Strangers' video is read by a large library in C, so that happens where a crash or an endless loop
costs nobody else anything: limits on memory and processor time, no database, no settings. What is
packed anew has the first picture track and the first sound track, without titles, places and
chapters; nothing is encoded again. The facts are printed as one line of JSON, or {"refused": code}.
"""

import errno
import json
import resource
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.container import InputContainer

MEMORY_BYTES = 4 * 1024**3  # address space; the library maps much more than it uses
PROCESSOR_S = 300
LONGEST_S = 12 * 3600
MORE_BYTES = 16 * 1024**2
"""What is packed may be longer by than twice what came: tables of times and places."""

SIDE_MAX = 16_384
_KINDS = {"mov", "mp4", "m4a", "3gp", "3g2", "mj2", "matroska", "webm"}
_PICTURES = {"h264", "hevc", "av1", "vp9", "vp8", "mpeg4"}
_SOUNDS = {"aac", "mp3", "opus", "vorbis", "ac3", "eac3", "pcm_s16le"}
_IN_MP4 = {"h264", "hevc", "av1", "vp9", "mpeg4"}
_COVER_SIDE = 1280
_FULL = (errno.ENOSPC, errno.EDQUOT)
_HERE_ALONE = {"protocol_whitelist": "file", "format_whitelist": "mov,matroska"}
"""What else the library could open (lists, streams) may name other files and addresses."""


class Refusal(Exception):
    """Why it is not taken: a code of core/sentences."""


def pack(source: str, target: str, cover: str) -> dict[str, Any]:
    """Facts of what is at `target` now: mime, width, height, length_ms. Raises: Refusal."""
    with av.open(source, metadata_errors="ignore", container_options=_HERE_ALONE) as opened:
        if not _KINDS & set(opened.format.name.split(",")):
            raise Refusal("video_unknown")
        if not opened.streams.video:
            raise Refusal("video_unknown")
        picture = opened.streams.video[0]
        _check(picture.codec_context.name, _PICTURES)
        width, height = picture.codec_context.width, picture.codec_context.height
        if not 0 < width <= SIDE_MAX or not 0 < height <= SIDE_MAX:
            raise Refusal("video_damaged")
        sounds = opened.streams.audio[:1]
        for sound in sounds:
            _check(sound.codec_context.name, _SOUNDS)
        length = _copy(opened, [picture, *sounds], target)
    if not 0 < length <= LONGEST_S:
        raise Refusal("video_damaged")
    turned = _draw_cover(target, cover)
    facts = {"mime": "video/mp4", "length_ms": round(length * 1000)}
    return {**facts, "width": height if turned else width, "height": width if turned else height}


def _copy(opened: InputContainer, streams: list[Any], target: str) -> float:
    """Seconds of what was copied: packets as they are, times from zero."""
    picture = streams[0]
    if picture.codec_context.name not in _IN_MP4:
        raise Refusal("video_codec")
    last = Fraction(0)
    with av.open(target, "w", format="mp4", options={"movflags": "faststart"}) as packed:
        outs = {one.index: packed.add_stream_from_template(one) for one in streams}
        for out in outs.values():
            out.metadata.clear()
        for packet in opened.demux(streams):
            if packet.dts is None:
                continue
            if packet.stream.index == picture.index and packet.pts is not None:
                end = packet.pts + (packet.duration or 0)
                last = max(last, Fraction(end) * picture.time_base)
            packet.stream = outs[packet.stream.index]
            packed.mux(packet)
    return float(last)


def _draw_cover(path: str, cover: str) -> bool:
    """A JPEG of the first frame is at `cover`; whether the video is shown turned by a quarter."""
    with av.open(path) as opened:
        frame = next(opened.decode(video=0))
        rotation = int(getattr(frame, "rotation", 0) or 0)
        image: Any = frame.to_image()  # type: ignore[no-untyped-call]
    image = image.rotate(rotation, expand=True) if rotation else image
    image.thumbnail((_COVER_SIDE, _COVER_SIDE))
    image.save(cover, "JPEG", quality=85)
    return rotation % 180 != 0


def _check(codec: str, known: set[str]) -> None:
    if codec not in known:
        raise Refusal("video_codec")


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_S, PROCESSOR_S))
    # A table may name the same bytes a million times: a file that unpacks to fill the disk.
    most = 2 * Path(sys.argv[1]).stat().st_size + MORE_BYTES
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    av.logging.set_level(None)
    try:
        found = pack(*sys.argv[1:4])
    except Refusal as refusal:
        found = {"refused": str(refusal)}
    except (av.FFmpegError, StopIteration, ValueError, OSError, MemoryError) as error:
        full = getattr(error, "errno", None) in _FULL
        found = {"refused": "disk_full" if full else "video_damaged"}
    sys.stdout.write(json.dumps(found) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
