"""What the checks of networks/conformance can tell this stand-in to do."""

from breakwater.networks.conformance import Said, Server
from tests.standins.base.conforming import told
from tests.standins.x.pushes import signature
from tests.standins.x.standin import CLIENT_SECRET, XStandin

SIGNED = "x-twitter-webhooks-signature-oauth2"


def orders(standin: XStandin) -> Server:
    harbour, ann = standin.person("harbour"), standin.person("ann")

    def said(text: str, reply_to: str = "") -> Said:
        return Said(standin.says("ann", text, reply_to=reply_to).id, ann.id)

    def pushes() -> tuple[dict[str, str], bytes]:
        post = standin.says("ann", "Ask @harbour")
        body = standin.pushes.of_post("post.mention.create", post, harbour)
        return {SIGNED: signature(CLIENT_SECRET, body)}, body

    return told(
        standin, "POST", "/2/tweets",
        expire_tokens=standin.door.expire_all,
        stranger_comments=lambda post, text: said(text, post),
        stranger_mentions=lambda text: said(f"@harbour {text}"),
        stranger_writes=lambda text: Said(f"dm:{standin.writes('ann', text)}", ann.id, ann.id),
        pushes=pushes,
    )  # fmt: skip
