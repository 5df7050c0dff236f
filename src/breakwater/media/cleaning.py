"""Pictures made safe: judged by their content, drawn anew, upright, in sRGB, without metadata.

Bytes in, bytes out; no database. What is drawn anew holds nothing of the file that came
except its pixels, so tails, comments, places and scripts are gone by construction.
"""

import io
import struct
import zlib
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from breakwater.domain.errors import Invalid

SIDE_MAX = 30_000  # pixels
AREA_MAX = 50_000_000  # pixels
AREA_MAX_WEBP = 25_000_000  # pixels; reading and writing WebP takes twice the memory of JPEG
SQUEEZED_MAX = 8_000_000  # pixels; beyond, a PNG's last per cent would take four times as long
THUMB_SIDE = 480  # pixels
THUMB_MIME = "image/webp"

_JPEG, _PNG, _WEBP = "image/jpeg", "image/png", "image/webp"
_READ = ("JPEG", "PNG", "GIF", "WEBP")
_KEPT_AS = {"JPEG": _JPEG, "MPO": _JPEG, "PNG": _PNG, "GIF": _PNG, "WEBP": _WEBP}
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
)


@dataclass(frozen=True)
class Drawn:
    """An encoded picture. width, height: pixels."""

    data: bytes
    mime: str
    width: int
    height: int


def clean(data: bytes) -> tuple[Drawn, Drawn]:
    """The picture drawn anew, and its thumbnail (at most 480 px a side, WebP).

    JPEG stays JPEG, WebP stays WebP, PNG and a still GIF become PNG.
    Raises: Invalid with picture_svg, picture_unknown, picture_animated, picture_too_wide,
    picture_too_many_pixels, picture_damaged (field "picture"). Sizes are judged from the
    header, before any pixel is decoded.
    """
    source = _opened(data)
    mime = _KEPT_AS[source.format or ""]
    try:
        picture = _plain(source)
    except _DAMAGE as error:
        raise Invalid(code="picture_damaged", field="picture") from error
    return encoded(picture, mime, 90), _thumbnail(picture)


def decoded(data: bytes) -> Image.Image:
    """One of our own cleaned pictures as pixels (RGB or RGBA)."""
    return _plain(Image.open(io.BytesIO(data), formats=_READ))


def encoded(picture: Image.Image, mime: str, quality: int) -> Drawn:
    """The same pixels give the same bytes. quality: 1-100, for JPEG and WebP."""
    out = io.BytesIO()
    if mime == _JPEG:
        flat(picture).save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    elif mime == _WEBP:
        picture.save(out, "WEBP", quality=quality, method=4)
    else:
        squeeze = picture.width * picture.height <= SQUEEZED_MAX
        picture.save(out, "PNG", optimize=squeeze, compress_level=4)
    return Drawn(out.getvalue(), mime, picture.width, picture.height)


def flat(picture: Image.Image) -> Image.Image:
    """Without transparency: on white."""
    if picture.mode != "RGBA":
        return picture
    ground = Image.new("RGB", picture.size, "white")
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground


def _opened(data: bytes) -> Image.Image:
    try:
        source = Image.open(io.BytesIO(data), formats=_READ)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many() from error
    except UnidentifiedImageError as error:
        code = "picture_svg" if b"<svg" in data[:4096].lower() else "picture_unknown"
        raise Invalid(code=code, field="picture") from error
    except _DAMAGE as error:
        raise Invalid(code="picture_damaged", field="picture") from error
    _check_size(source)
    _check_still(source)
    return source


def _check_size(source: Image.Image) -> None:
    if max(source.size) > SIDE_MAX:
        raise Invalid(code="picture_too_wide", field="picture", limit=SIDE_MAX)
    limit = AREA_MAX_WEBP if source.format == "WEBP" else AREA_MAX
    if source.width * source.height > limit:
        raise _too_many(limit)


def _check_still(source: Image.Image) -> None:
    """A JPEG with several pictures (MPO: what phones make) is still: the first one is it."""
    try:
        moving = source.format != "MPO" and getattr(source, "is_animated", False)
    except _DAMAGE as error:
        raise Invalid(code="picture_damaged", field="picture") from error
    if moving:
        raise Invalid(code="picture_animated", field="picture")


def _too_many(limit: int = AREA_MAX) -> Invalid:
    return Invalid(
        code="picture_too_many_pixels", field="picture", limit_megapixels=limit // 1_000_000
    )


def _plain(source: Image.Image) -> Image.Image:
    """Upright, sRGB, 8 bits, mode RGB or (only where something shows through) RGBA.

    `source` is used up: at 50 megapixels each copy is 200 MB, so that none is kept longer
    than the step that needs it.
    """
    source.load()
    profile = source.info.get("icc_profile")
    ImageOps.exif_transpose(source, in_place=True)
    alpha = _alpha(source)
    colours = _next(source, _without_alpha(source))
    colours = _next(colours, _in_srgb(colours, profile))
    picture = Image.new("RGB", colours.size)
    picture.paste(colours)
    colours.close()
    if alpha is not None:
        picture.putalpha(alpha)
    return picture


def _next(before: Image.Image, after: Image.Image) -> Image.Image:
    """`after`; the pixels of `before` are given back."""
    if after is not before:
        before.close()
    return after


def _alpha(picture: Image.Image) -> Image.Image | None:
    if not picture.has_transparency_data:
        return None
    own = picture if picture.mode in ("RGBA", "LA") else picture.convert("RGBA")
    alpha = own.getchannel("A")
    return None if alpha.getextrema() == (255, 255) else alpha


def _without_alpha(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I;16"):
        return picture.point(lambda value: value / 256).convert("L")
    if picture.mode in ("RGB", "L", "CMYK"):
        return picture
    return picture.convert("RGB")


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Converted by its colour profile; a profile that does not fit the picture is dropped."""
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(
                picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (ImageCms.PyCMSError, *_DAMAGE):
            converted = None
        if converted is not None:
            return converted
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def _thumbnail(picture: Image.Image) -> Drawn:
    """Drawn of the picture itself, which is small afterwards: a copy would be another 200 MB."""
    picture.thumbnail((THUMB_SIDE, THUMB_SIDE), Image.Resampling.LANCZOS)
    return encoded(picture, THUMB_MIME, 80)
