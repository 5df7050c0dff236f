"""What the checks of networks/conformance can tell this stand-in to do."""

from breakwater.networks.conformance import Said, Server
from tests.standins.mastodon.standin import MastodonStandin


def orders(standin: MastodonStandin) -> Server:
    sam = standin.person("sam").id

    def said(text: str, above: str | None = None, visibility: str = "public") -> Said:
        made = standin.post("sam", f"@harbour {text}", in_reply_to=above, visibility=visibility)
        return Said(made.id, sam, sam)

    def expire() -> dict[str, str]:
        standin.revoke_tokens()
        return standin.connected()

    return Server(
        drop_next_reply=standin.drop_reply_after_accept,
        fail_next=lambda status, accepted: standin.fail_next(status, accepted=accepted),
        page_next=standin.html_200,
        throttle_next=standin.throttle,
        stall_next=lambda: standin.stall(30),
        expire_tokens=expire,
        stranger_comments=lambda post, text: said(text, post),
        stranger_quotes=lambda post, text: Said(standin.post("sam", text, quoting=post).id, sam),
        stranger_mentions=said,
        stranger_writes=lambda text: said(text, visibility="direct"),
    )
