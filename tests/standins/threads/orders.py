"""What the checks of networks/conformance can tell this stand-in to do."""

from breakwater.networks.conformance import Said, Server
from tests.standins.base.conforming import told
from tests.standins.threads.standin import ThreadsStandin


def orders(standin: ThreadsStandin) -> Server:
    state = standin.state

    def comments(post: str, text: str) -> Said:
        return Said(standin.post(text, by="sam", above=post).id)

    def mentions(text: str) -> Said:
        return Said(standin.post(f"@{state.name} {text}", by="sam").id)

    def expire() -> dict[str, str]:
        state.token += "-again"
        return {"access_token": state.token}

    def pushes() -> tuple[dict[str, str], bytes]:
        own = standin.post("Fresh mussels")
        return standin.push("replies", standin.post("Any left?", by="sam", above=own.id))

    return told(
        standin, "POST", "/v1.0/me/threads_publish",
        expire_tokens=expire, stranger_comments=comments, stranger_mentions=mentions, pushes=pushes,
    )  # fmt: skip
