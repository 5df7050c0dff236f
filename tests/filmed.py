"""Short videos of the tests' own making, and a PDF."""

import io

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
