"""Small pictures that differ, kept as blobs."""

import io
import random

from PIL import Image

from breakwater.core import blobs
from breakwater.networks.base import Medium

SIDE = 160


def picture(seed: int, form: str = "PNG") -> Medium:
    """The same seed is the same picture; another form is another file of it."""
    chance = random.Random(seed)
    drawn = Image.new("RGB", (8, 8))
    drawn.putdata([tuple(chance.randrange(256) for _ in range(3)) for _ in range(64)])
    out = io.BytesIO()
    drawn.resize((SIDE, SIDE)).save(out, form)
    data = out.getvalue()
    return Medium(blobs.store(data), f"image/{form.lower()}", len(data), SIDE, SIDE)
