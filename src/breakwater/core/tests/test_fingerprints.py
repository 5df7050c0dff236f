"""The measured experiment behind domain.likeness: pictures after a network's encoding, and others."""

import io
import random
from collections.abc import Callable

import pytest
from PIL import Image, ImageDraw

from breakwater.core.fingerprints import of_picture
from breakwater.domain.likeness import Fingerprint, Likeness, compared

Make = Callable[[random.Random], Image.Image]
SIZE = (360, 240)
FEW = 4


def _photograph(chance: random.Random) -> Image.Image:
    picture = Image.new("RGB", (12, 8))
    picture.putdata([_colour(chance) for _ in range(96)])
    picture = picture.resize(SIZE, Image.Resampling.BICUBIC)
    draw = ImageDraw.Draw(picture)
    for _ in range(30):
        x, y, w = chance.randrange(360), chance.randrange(240), chance.randrange(5, 60)
        draw.ellipse((x, y, x + w, y + w // 2), fill=_colour(chance))
    return picture


def _card(chance: random.Random) -> Image.Image:
    """White words on blue, always in the same six lines."""
    picture = Image.new("RGB", SIZE, (20, 60, 120))
    draw = ImageDraw.Draw(picture)
    for line in range(6):
        x = 24
        while x < 330:
            w = chance.randrange(6, 42)
            draw.rectangle((x, 36 + line * 28, min(x + w, 336), 51 + line * 28), fill="white")
            x += w + 7
    return picture


def _plain(chance: random.Random) -> Image.Image:
    return Image.new("RGB", SIZE, _colour(chance))


def _gradient(chance: random.Random) -> Image.Image:
    picture = Image.new("RGB", (2, 2))
    picture.putdata([_colour(chance) for _ in range(4)])
    return picture.resize(SIZE, Image.Resampling.BICUBIC)


def _colour(chance: random.Random) -> tuple[int, ...]:
    return tuple(chance.randrange(256) for _ in range(3))


def encoded(picture: Image.Image, form: str = "PNG", quality: int = 85, scale: float = 1) -> bytes:
    out = io.BytesIO()
    small = picture.resize((int(picture.width * scale), int(picture.height * scale)))
    small.save(out, form, quality=quality)
    return out.getvalue()


def _print(data: bytes) -> Fingerprint:
    found = of_picture(data)
    assert found is not None
    return found


@pytest.fixture(params=[_photograph, _card, _plain, _gradient])
def pictures(request: pytest.FixtureRequest) -> list[Image.Image]:
    make: Make = request.param
    return [make(random.Random(number)) for number in range(FEW)]


@pytest.mark.parametrize("form", ["JPEG", "WEBP"])
@pytest.mark.parametrize("quality", [30, 85])
@pytest.mark.parametrize("scale", [1, 0.33])
def test_the_same_picture_after_a_networks_encoding(
    pictures: list[Image.Image], form: str, quality: int, scale: float
) -> None:
    for picture in pictures:
        ours, theirs = encoded(picture), encoded(picture, form, quality, scale)

        assert compared(_print(ours), _print(theirs)) is Likeness.SAME


def test_two_pictures_of_one_kind_differ(pictures: list[Image.Image]) -> None:
    prints = [_print(encoded(picture)) for picture in pictures]

    pairs = [(a, b) for place, a in enumerate(prints) for b in prints[:place]]

    assert {compared(a, b) for a, b in pairs} == {Likeness.DIFFERENT}


@pytest.mark.parametrize("data", [b"", b"<svg/>", b"\xff\xd8\xff\xe0 and no more"])
def test_what_is_no_picture_has_no_fingerprint(data: bytes) -> None:
    assert of_picture(data) is None


def test_a_picture_that_breaks_off_has_no_fingerprint() -> None:
    whole = encoded(_photograph(random.Random(1)), "JPEG")

    assert of_picture(whole[: len(whole) // 3]) is None


def test_what_shows_through_is_laid_on_white() -> None:
    clear = Image.new("RGBA", SIZE, (0, 0, 0, 0))

    assert of_picture(encoded(clear)) == of_picture(encoded(Image.new("RGB", SIZE, "white")))
