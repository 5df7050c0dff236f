"""A picture made to fit what one account accepts: always the same steps, so the same bytes."""

from collections.abc import Iterator
from math import sqrt

from PIL import Image

from breakwater.domain.errors import Invalid
from breakwater.media.cleaning import Drawn, encoded
from breakwater.networks.base import Limits

RECIPE = 2  # to be raised when the steps change, so that old results are not taken for new ones

_MADE = ("image/jpeg", "image/webp", "image/png")
_SCALES = (1.0, 0.85, 0.7, 0.5, 0.35, 0.25, 0.18, 0.12)
_QUALITIES = (90, 80, 70)


def rule(limits: Limits) -> str:
    """The name of what `limits` ask of a picture, at most 64 characters."""
    types = ",".join(sorted(mime.removeprefix("image/") for mime in _wanted(limits)))
    return f"r{RECIPE} {limits.picture_bytes}B {limits.picture_pixels}px {types}"


def fits(size: int, width: int, height: int, mime: str, limits: Limits) -> bool:
    """Whether a picture may go as it is. size: bytes."""
    small = not limits.picture_bytes or size <= limits.picture_bytes
    few = not limits.picture_pixels or width * height <= limits.picture_pixels
    return small and few and (not limits.picture_types or mime in limits.picture_types)


def fitted(picture: Image.Image, mime: str, limits: Limits) -> Drawn:
    """The largest and best of the steps that fits. mime: the picture's present type.

    Raises: Invalid("picture_cannot_fit") when even the smallest step does not.
    """
    base = _scale_for(picture, limits.picture_pixels)
    for kind, scale, quality in _steps(_kinds(picture, mime, limits)):
        drawn = encoded(_scaled(picture, base * scale), kind, quality)
        if fits(len(drawn.data), drawn.width, drawn.height, kind, limits):
            return drawn
    raise Invalid(code="picture_cannot_fit", field="picture")


def _wanted(limits: Limits) -> tuple[str, ...]:
    return tuple(mime for mime in limits.picture_types or _MADE if mime in _MADE)


def _kinds(picture: Image.Image, mime: str, limits: Limits) -> tuple[str, ...]:
    """Types to try, best first: its own, then one that keeps what it shows."""
    see_through = picture.mode == "RGBA"
    order = ("image/webp", "image/png", "image/jpeg") if see_through else _MADE
    wanted = _wanted(limits)
    return tuple(kind for kind in dict.fromkeys((mime, *order)) if kind in wanted)


def _steps(kinds: tuple[str, ...]) -> Iterator[tuple[str, float, int]]:
    """A PNG is tried at full size, then a lossy type at every step, then a smaller PNG."""
    if kinds[:1] == ("image/png",):
        yield "image/png", 1.0, 100
    for kind in [kind for kind in kinds if kind != "image/png"][:1]:
        for scale in _SCALES:
            for quality in _QUALITIES:
                yield kind, scale, quality
    if "image/png" in kinds:
        for scale in _SCALES:
            yield "image/png", scale, 100


def _scale_for(picture: Image.Image, pixels: int) -> float:
    area = picture.width * picture.height
    return sqrt(pixels / area) if pixels and area > pixels else 1.0


def _scaled(picture: Image.Image, by: float) -> Image.Image:
    if by >= 1.0:
        return picture
    size = (max(1, int(picture.width * by)), max(1, int(picture.height * by)))
    return picture.resize(size, Image.Resampling.LANCZOS)
