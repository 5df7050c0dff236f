"""Pictures of a lighthouse, drawn here, so that the demo needs no file and nobody's rights."""

import io

from PIL import Image, ImageDraw, ImageFilter

SIZE = (1200, 800)
_SKIES = {
    "dawn": ((70, 86, 120), (240, 196, 170), (86, 122, 138)),
    "day": ((120, 176, 214), (226, 238, 244), (56, 122, 148)),
    "dusk": ((52, 48, 86), (232, 142, 92), (70, 72, 100)),
    "storm": ((36, 44, 54), (104, 116, 124), (40, 58, 68)),
}
_HORIZON = 520


def draw(scene: str) -> bytes:
    """A PNG of 1200 x 800."""
    top, bottom, sea = _SKIES[scene]
    image = Image.new("RGB", SIZE, bottom)
    pen = ImageDraw.Draw(image)
    for y in range(_HORIZON):
        part = y / _HORIZON
        pen.line([(0, y), (SIZE[0], y)], fill=_mix(top, bottom, part))
    for y in range(_HORIZON, SIZE[1]):
        part = (y - _HORIZON) / (SIZE[1] - _HORIZON)
        pen.line([(0, y), (SIZE[0], y)], fill=_mix(sea, _mix(sea, (10, 20, 30), 0.6), part))
    _waves(pen, sea, 26 if scene == "storm" else 8)
    _lighthouse(pen)
    image = image.filter(ImageFilter.SMOOTH)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _mix(one: tuple[int, ...], other: tuple[int, ...], part: float) -> tuple[int, int, int]:
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _waves(pen: ImageDraw.ImageDraw, sea: tuple[int, ...], height: int) -> None:
    light = _mix(sea, (255, 255, 255), 0.25)
    for row, y in enumerate(range(_HORIZON + 30, SIZE[1], 44)):
        for x in range(-60 + 37 * (row % 3), SIZE[0], 150):
            pen.arc([x, y, x + 110, y + 2 * height], 200, 340, fill=light, width=3)


def _lighthouse(pen: ImageDraw.ImageDraw) -> None:
    rock, white, red, lamp = (58, 60, 64), (244, 241, 234), (178, 58, 48), (255, 226, 138)
    pen.polygon([(700, 600), (800, 500), (1010, 490), (1160, 600), (1200, 660), (660, 660)], rock)
    pen.polygon([(860, 500), (950, 500), (930, 230), (880, 230)], white)
    for high, low in ((290, 340), (400, 450)):
        inset = 20 * (500 - high) / 270
        outset = 20 * (500 - low) / 270
        pen.polygon(
            [(860 + inset, high), (950 - inset, high), (950 - outset, low), (860 + outset, low)],
            red,
        )
    pen.rectangle([868, 218, 942, 232], fill=rock)
    pen.rectangle([882, 180, 928, 218], fill=lamp)
    pen.polygon([(874, 180), (936, 180), (905, 148)], fill=red)
