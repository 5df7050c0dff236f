"""The fingerprint of an encoded picture. Bytes of strangers are decoded here: bounded, read only."""

import io
import struct
import zlib

from PIL import Image, ImageOps

from breakwater.domain.likeness import GRID, SIDE, Fingerprint, fingerprint

AREA_MAX = 50_000_000  # pixels
_READ = ("JPEG", "PNG", "GIF", "WEBP")
_DAMAGE = (
    OSError,
    ValueError,
    SyntaxError,  # what Pillow raises for a broken PNG
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    OverflowError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


def of_picture(data: bytes) -> Fingerprint | None:
    """The fingerprint of the (first) picture in `data`, upright, on white; None if unreadable."""
    try:
        source = Image.open(io.BytesIO(data), formats=_READ)
        if source.width * source.height > AREA_MAX:
            return None
        source.draft("RGB", (512, 512))  # a JPEG is decoded small
        return _of(ImageOps.exif_transpose(source))
    except _DAMAGE:
        return None


def _of(source: Image.Image) -> Fingerprint:
    picture = Image.new("RGB", source.size, "white")
    if source.has_transparency_data:
        shown = source.convert("RGBA")
        picture.paste(shown, mask=shown.getchannel("A"))
    else:
        picture.paste(source.convert("RGB"))
    grey = picture.convert("L").resize((SIDE + 1, SIDE), Image.Resampling.BOX)
    colours = picture.resize((GRID, GRID), Image.Resampling.BOX)
    return fingerprint(list(grey.tobytes()), list(colours.tobytes()))
