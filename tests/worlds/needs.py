"""What a post needs on each network: a medium, and options that it does not leave without."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from PIL import Image

from breakwater.media.models import Asset
from tests.filmed import video
from tests.standins.pinterest.standin import MENUS
from tests.worlds.desk import Desk


@dataclass(frozen=True)
class Needs:
    """medium: "picture", "film" or "" for words alone."""

    medium: str = ""
    options: Mapping[str, str | bool] = field(default_factory=dict)

    def asset(self, desk: Desk) -> Asset | None:
        """The medium in the library of the workspace."""
        if self.medium == "film":
            return desk.asset(video(seconds=5.0, size=(360, 640)), "quay.mp4")
        return desk.asset(_picture(), "bowl.png") if self.medium else None

    def payload(self, desk: Desk, text: str) -> dict[str, Any]:
        """As one that was approved: of a medium that is kept as it is."""
        asset = self.asset(desk)
        facts = ("sha256", "mime", "size", "width", "height", "length_ms")
        medium = {name: getattr(asset, name) for name in facts} if asset else {}
        if asset and asset.length_ms:
            medium["cover"] = asset.cover_sha256
        return {
            "text": text, "language": "en", "media": [{**medium, "alt": "A bowl"}] if asset else [],
            "options": dict(self.options), "form": "",
        }  # fmt: skip


NEEDS: Mapping[str, Needs] = {
    "instagram": Needs("picture"),
    "pinterest": Needs(
        "picture", {"board": MENUS, "title": "Mussels", "link": "https://quay.example/menu"}
    ),
    "youtube": Needs("film", {"title": "Mussels", "kids": "no"}),
    "tiktok": Needs("film", {"privacy": "PUBLIC_TO_EVERYONE", "consent": True}),
}
"""Those that are not here take words alone."""


def _picture() -> bytes:
    out = io.BytesIO()
    Image.radial_gradient("L").resize((640, 640)).convert("RGB").save(out, "PNG")
    return out.getvalue()
