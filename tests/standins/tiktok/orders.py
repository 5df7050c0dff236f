"""What the checks of networks/conformance can tell this stand-in to do."""

from breakwater.networks.conformance import Server
from tests.standins.base.conforming import told
from tests.standins.tiktok.standin import TikTokStandin

_PUBLIC = "post.publish.publicly_available"


def orders(standin: TikTokStandin) -> Server:
    return told(
        standin, "PUT", "/video/",
        expire_tokens=standin.door.expire_all,
        pushes=lambda: standin.push(_PUBLIC, {"post_id": int(standin.post("Mussels").id)}),
    )  # fmt: skip
