"""What the checks of networks/conformance can tell this stand-in to do."""

from typing import Any

from breakwater.networks.conformance import Said, Server
from tests.standins.base.conforming import told
from tests.standins.facebook.standin import FacebookStandin
from tests.standins.facebook.state import Thing


def orders(standin: FacebookStandin) -> Server:
    def reviews(text: str, rating: int) -> Said:
        return _said(standin.review(text, stars=rating))

    def writes(text: str) -> Said:
        made = standin.write(text)
        return Said(made.id, made.by.id, made.about)

    def expire() -> dict[str, str]:
        standin.revoke_tokens()
        return standin.connected()

    return told(
        standin, "POST", f"/v25.0/{standin.page.id}/feed",
        expire_tokens=expire,
        stranger_comments=lambda post, text: _said(standin.comment(post, text)),
        stranger_comments_on_an_ad=lambda text: _said(
            standin.comment(standin.stray("Buy!", "ads_posts").id, text)
        ),
        stranger_mentions=lambda text: _said(standin.stray(text, "tagged")),
        stranger_writes=writes,
        stranger_reviews=reviews,
        pushes=lambda: standin.push(_commented(standin)),
    )  # fmt: skip


def _said(made: Thing) -> Said:
    return Said(made.id, made.by.id)


def _commented(standin: FacebookStandin) -> dict[str, Any]:
    made = standin.comment(standin.stray("Open?").id, "Tonight too?")
    by = {"id": made.by.id, "name": made.by.name}
    value = {
        "item": "comment", "verb": "add", "post_id": made.about, "comment_id": made.id, "from": by,
        "message": made.text, "created_time": int(made.at.timestamp()),
    }  # fmt: skip
    return {"field": "feed", "value": value}
