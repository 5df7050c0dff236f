"""What the checks of networks/conformance can tell this stand-in to do."""

from breakwater.networks.conformance import Said, Server
from tests.standins.base.conforming import told
from tests.standins.instagram.standin import InstagramStandin


def orders(standin: InstagramStandin) -> Server:
    state = standin.state

    def comments(post: str, text: str) -> Said:
        return Said(f"comment:{standin.write(text, by='sam', post=state.posts[post])}", "9sam")

    def mentions(text: str) -> Said:
        return Said(f"mention:{standin.post(text, owner='sam', tagged=(state.name,)).id}:", "9sam")

    def writes(text: str) -> Said:
        return Said(f"message:{standin.message(text)}", "4242", "4242")

    def expire() -> dict[str, str]:
        state.page_token += "-again"
        return {"access_token": state.page_token, "page_id": state.page}

    def pushes() -> tuple[dict[str, str], bytes]:
        comment = {
            "id": "17", "text": "Any left?", "from": {"id": "9sam", "username": "sam"},
            "media": {"id": "18", "media_product_type": "FEED"},
        }  # fmt: skip
        return standin.push({"field": "comments", "value": comment})

    return told(
        standin, "POST", f"/v25.0/{state.me}/media_publish",
        expire_tokens=expire, stranger_comments=comments, stranger_mentions=mentions,
        stranger_writes=writes, pushes=pushes,
    )  # fmt: skip
