"""Pictures as people bring them: kept clean, or refused with a reason."""

import hashlib
import io
import struct
import zipfile
import zlib
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import pytest_django
from PIL import Image, ImageCms

from breakwater.audit.models import Entry
from breakwater.core import blobs
from breakwater.domain.errors import Invalid, NotFound
from breakwater.domain.text import Counting, Unit
from breakwater.media import selectors, services
from breakwater.media.models import Asset, Derivative
from breakwater.networks.base import Limits
from breakwater.people.models import Person, Workspace

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home(settings: pytest_django.Settings, tmp_path: Path) -> None:
    settings.BLOBS = tmp_path


@pytest.fixture
def brand(harbour_workspace: Workspace) -> Workspace:
    return harbour_workspace


def picture(
    kind: str, size: tuple[int, int] = (64, 48), mode: str = "RGB", **options: object
) -> bytes:
    image = Image.linear_gradient("L").resize(size).convert(mode)
    return saved(image, kind, **options)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def noise(size: tuple[int, int]) -> Image.Image:
    bands = [Image.effect_noise(size, 90) for _ in range(3)]
    return Image.merge("RGB", bands)


def header_bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header promises width x height pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def webp_bomb(width: int, height: int) -> bytes:
    """A lossless WebP of a few bytes whose header promises width x height pixels."""
    bits = (width - 1) | (height - 1) << 14
    body = b"\x2f" + struct.pack("<I", bits) + b"\0" * 20
    chunk = b"VP8L" + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
    return b"RIFF" + struct.pack("<I", 4 + len(chunk)) + b"WEBP" + chunk


def gps_jpeg() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "CanaryCamera"
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 29.6), 3: "E", 4: (2.0, 17.0, 40.2)})
    return picture("JPEG", exif=exif.tobytes(), comment=b"CanaryComment")


def upload(brand: Workspace, ann: Person, data: bytes, name: str = "a.jpg") -> Asset:
    return services.upload(brand.pk, data, file_name=name, by=ann.pk, now=NOW)


def image_of(sha256: str) -> Image.Image:
    return Image.open(io.BytesIO(blobs.read(sha256)))


def limits(size: int = 0, pixels: int = 0, types: tuple[str, ...] = ()) -> Limits:
    text = Counting(Unit.GRAPHEMES, 300)
    return Limits(text, 4, size, pixels, types, 1000, "https://example.org", "2025-11-22")


@pytest.mark.parametrize(
    ("kind", "mime"),
    [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("GIF", "image/png"), ("WEBP", "image/webp")],
)
def test_a_picture_is_kept_by_its_content(
    brand: Workspace, ann: Person, kind: str, mime: str
) -> None:
    asset = upload(brand, ann, picture(kind), "../../evil\\holiday\n.exe")

    stored = blobs.read(asset.sha256)
    assert (asset.mime, asset.width, asset.height) == (mime, 64, 48)
    assert asset.size == len(stored)
    assert asset.sha256 == hashlib.sha256(stored).hexdigest()
    assert asset.file_name == "holiday.exe"
    assert image_of(asset.sha256).get_format_mimetype() == mime  # type: ignore[attr-defined]
    assert [e.verb for e in Entry.objects.all()] == ["asset.added"]


def test_the_same_picture_again_is_the_same_asset(brand: Workspace, ann: Person) -> None:
    first = upload(brand, ann, picture("JPEG"))
    again = upload(brand, ann, picture("JPEG"), "other.jpg")

    assert (again.pk, Asset.objects.count(), Entry.objects.count()) == (first.pk, 1, 1)


def test_a_stream_is_read_no_further_than_the_limit(
    brand: Workspace, ann: Person, settings: pytest_django.Settings
) -> None:
    settings.UPLOAD_MAX_BYTES = 1024 * 1024
    stream = io.BytesIO(b"\xff" * (3 * 1024 * 1024))

    with pytest.raises(Invalid) as refusal:
        services.upload(brand.pk, stream, file_name="a", by=ann.pk, now=NOW)

    assert (refusal.value.code, refusal.value.data["limit_mb"]) == ("upload_too_big", 1)
    assert stream.tell() == 1024 * 1024 + 1


def test_where_it_was_taken_is_gone(brand: Workspace, ann: Person) -> None:
    original = gps_jpeg()
    assert dict(Image.open(io.BytesIO(original)).getexif().get_ifd(0x8825)) != {}

    asset = upload(brand, ann, original)

    for sha256 in (asset.sha256, asset.thumb_sha256):
        data = blobs.read(sha256)
        assert dict(image_of(sha256).getexif()) == {}
        assert dict(image_of(sha256).getexif().get_ifd(0x8825)) == {}
        for mark in (b"Exif", b"GPS", b"CanaryCamera", b"CanaryComment"):
            assert mark not in data


def test_a_picture_on_its_side_is_put_upright(brand: Workspace, ann: Person) -> None:
    lying = Image.new("RGB", (60, 30), "blue")
    lying.paste("red", (0, 0, 30, 30))
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it a quarter clockwise to see it as it was taken

    asset = upload(brand, ann, saved(lying, "JPEG", exif=exif.tobytes(), quality=95))

    assert (asset.width, asset.height) == (30, 60)
    red, _, blue = image_of(asset.sha256).getpixel((15, 5))  # type: ignore[misc]
    assert red > 200
    assert blue < 50


def test_what_hides_behind_a_picture_is_cut_off(brand: Workspace, ann: Person) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as bundle:
        bundle.writestr("canary.txt", "x")
    tail = b"<html><script>alert(1)</script></html>" + archive.getvalue()

    asset = upload(brand, ann, picture("JPEG") + tail)

    for sha256 in (asset.sha256, asset.thumb_sha256):
        data = blobs.read(sha256)
        assert b"script" not in data
        assert b"PK\x03\x04" not in data
        assert not zipfile.is_zipfile(io.BytesIO(data))
    assert blobs.read(asset.sha256).endswith(b"\xff\xd9")


def test_what_shows_through_stays_so(brand: Workspace, ann: Person) -> None:
    glass = Image.new("RGBA", (20, 20), (255, 0, 0, 0))
    glass.paste((0, 0, 255, 255), (0, 0, 10, 20))

    asset = upload(brand, ann, saved(glass, "PNG"))

    kept = image_of(asset.sha256).convert("RGBA")
    assert kept.getpixel((15, 10))[3] == 0  # type: ignore[index]
    assert kept.getpixel((5, 10)) == (0, 0, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK", "I;16"])
def test_every_kind_of_pixel_becomes_plain_colour(brand: Workspace, ann: Person, mode: str) -> None:
    grey = Image.new("RGB", (8, 8), (128, 128, 128))
    if mode == "I;16":
        image = Image.new("I;16", (8, 8), 0x8000)
    else:
        image = grey.quantize(4) if mode == "P" else grey.convert(mode)
    data = saved(image, "JPEG" if mode == "CMYK" else "PNG")

    asset = upload(brand, ann, data)

    kept = image_of(asset.sha256)
    assert kept.mode == "RGB"
    assert mode == "1" or all(abs(band - 128) <= 2 for band in kept.getpixel((4, 4)))  # type: ignore[union-attr]


@pytest.mark.parametrize("profile", ["LAB", "broken"])
def test_a_colour_profile_is_used_or_dropped_but_never_kept(
    brand: Workspace, ann: Person, profile: str
) -> None:
    made = (
        ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
        if profile == "LAB"
        else b"not a profile at all"
    )

    asset = upload(brand, ann, picture("PNG", icc_profile=made))

    assert "icc_profile" not in image_of(asset.sha256).info


def animated(kind: str) -> bytes:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    return saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "upload_empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "picture_svg"),
        (b"<?xml version='1.0'?>\n<!-- x -->\n<SVG></SVG>", "picture_svg"),
        (b"<html>GIF89a</html>", "picture_unknown"),
        (b"%PDF-1.7 hello", "document_damaged"),
        (b"BM" + b"\0" * 100, "picture_unknown"),
        (picture("JPEG", (400, 400))[:600], "picture_damaged"),
        (picture("PNG", (400, 400))[:100], "picture_damaged"),
        (picture("JPEG")[:20], "picture_unknown"),
        (animated("GIF"), "picture_animated"),
        (animated("PNG"), "picture_animated"),
        (animated("WEBP"), "picture_animated"),
        (header_bomb(30_000, 30_000), "picture_too_many_pixels"),
        (header_bomb(10_000, 10_000), "picture_too_many_pixels"),
        (header_bomb(8_000, 6_300), "picture_too_many_pixels"),
        (webp_bomb(5_001, 5_000), "picture_too_many_pixels"),
        (webp_bomb(5_000, 5_000), "picture_damaged"),
        (header_bomb(30_001, 2), "picture_too_wide"),
        (header_bomb(100, 100), "picture_damaged"),
    ],
)
def test_what_is_no_good_picture_is_refused_with_its_reason(
    brand: Workspace, ann: Person, tmp_path: Path, data: bytes, code: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        upload(brand, ann, data)

    assert (refusal.value.code, refusal.value.field) == (code, "picture")
    assert (Asset.objects.count(), Entry.objects.count()) == (0, 0)
    assert list(tmp_path.iterdir()) == []


def test_a_thumbnail_is_small_and_served_by_its_workspace_only(
    brand: Workspace, ann: Person
) -> None:
    asset = upload(brand, ann, picture("PNG", (1600, 900)))

    path, mime = selectors.opened(brand.pk, asset.pk, thumb=True)
    with Image.open(path) as thumb:
        assert (mime, thumb.size) == ("image/webp", (480, 270))
    assert selectors.opened(brand.pk, asset.pk, thumb=False) == (
        blobs.path(asset.sha256),
        "image/png",
    )
    assert selectors.assets_of(brand.pk, [asset.pk]) == [asset]
    for workspace_id, asset_id in ((uuid4(), asset.pk), (brand.pk, uuid4())):
        _refused_as_not_there(workspace_id, asset_id)


def _refused_as_not_there(workspace_id: UUID, asset_id: UUID) -> None:
    with pytest.raises(NotFound):
        selectors.opened(workspace_id, asset_id, thumb=False)
    with pytest.raises(NotFound):
        selectors.assets_of(workspace_id, [asset_id])


def test_what_fits_goes_as_it_is(brand: Workspace, ann: Person) -> None:
    asset = upload(brand, ann, picture("JPEG"))

    assert services.derive(asset, limits(10**6, 10**6, ("image/jpeg",)), now=NOW) is asset
    assert Derivative.objects.count() == 0


def test_a_copy_fits_bytes_pixels_and_type_and_is_made_once(brand: Workspace, ann: Person) -> None:
    asset = upload(brand, ann, saved(noise((500, 400)), "PNG"))
    asked = limits(60_000, 100_000, ("image/jpeg", "image/png"))

    copy = services.derive(asset, asked, now=NOW)
    again = services.derive(asset, asked, now=NOW)

    assert isinstance(copy, Derivative)
    assert again == copy
    assert Derivative.objects.count() == 1
    assert copy.mime == "image/jpeg"
    assert copy.size == len(blobs.read(copy.sha256)) <= 60_000
    assert copy.width * copy.height <= 100_000
    assert image_of(copy.sha256).size == (copy.width, copy.height)
    Derivative.objects.all().delete()
    afresh = services.derive(asset, asked, now=NOW)
    assert (afresh.pk, afresh.sha256) != (copy.pk, "")
    assert afresh.sha256 == copy.sha256


def test_glass_becomes_white_only_where_nothing_else_is_taken(
    brand: Workspace, ann: Person
) -> None:
    asset = upload(brand, ann, saved(Image.new("RGBA", (20, 20), (255, 0, 0, 0)), "PNG"))

    jpeg = services.derive(asset, limits(types=("image/jpeg",)), now=NOW)
    webp = services.derive(asset, limits(types=("image/jpeg", "image/webp")), now=NOW)

    assert (jpeg.mime, image_of(jpeg.sha256).getpixel((5, 5))) == ("image/jpeg", (255, 255, 255))
    assert webp.mime == "image/webp"
    assert image_of(webp.sha256).convert("RGBA").getpixel((5, 5))[3] == 0  # type: ignore[index]


def test_a_limit_that_nothing_can_meet_is_said(brand: Workspace, ann: Person) -> None:
    asset = upload(brand, ann, saved(noise((64, 64)), "PNG"))

    with pytest.raises(Invalid) as refusal:
        services.derive(asset, limits(20), now=NOW)

    assert refusal.value.code == "picture_cannot_fit"
    assert Derivative.objects.count() == 0
