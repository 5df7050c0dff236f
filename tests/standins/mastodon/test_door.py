"""The door of the stand-in on a real socket: apps, the page, tokens, revocation."""

import secrets
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from breakwater.domain.errors import Reconnect
from breakwater.networks.base import Account
from tests.standins.mastodon import MastodonStandin
from tests.standins.mastodon.calling import Calling
from tests.standins.mastodon.oauth import challenge
from tests.standins.mastodon.standin import SCOPES

BACK = "https://desk.example/channels/back"


def _click(standin: MastodonStandin, url: str, answer: str = "authorize") -> dict[str, str]:
    """What comes back to the redirect address after a click on the page."""
    page = httpx.get(url)
    assert "Authorize</button>" in page.text
    asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    went = httpx.post(f"{standin.origin}/oauth/authorize", data={**asked, "answer": answer})
    assert went.status_code == 302
    back = urlsplit(went.headers["location"])
    assert f"{back.scheme}://{back.netloc}{back.path}" == BACK
    return {name: values[0] for name, values in parse_qs(back.query).items()}


@pytest.mark.slow
def test_the_walk_through_the_door(mastodon_standin: MastodonStandin) -> None:
    standin, verifier = mastodon_standin, secrets.token_urlsafe(48)
    outside = Calling(Account("", "", standin.origin))
    app = outside.door(lambda d: d.register(standin.origin, BACK))
    url = outside.door(
        lambda d: _async(
            d.authorise_url(
                standin.origin,
                app,
                redirect_uri=BACK,
                state="one use",
                challenge=challenge(verifier),
            )
        )
    )

    came = _click(standin, url)
    tokens = outside.door(
        lambda d: d.exchange(
            standin.origin, app, code=came["code"], verifier=verifier, redirect_uri=BACK
        )
    )
    inside = Calling(Account("", "", standin.origin, tokens))
    who = inside.door(lambda d: d.who(inside.account))

    assert came["state"] == "one use"
    assert tokens["scope"] == " ".join(SCOPES)
    assert who.remote_id == standin.person("harbour").id
    assert who.handle == f"@harbour@{urlsplit(standin.origin).netloc}"
    assert who.name == "Harbour Café"
    assert who.limits is not None
    assert who.limits.alt_characters == 1500
    assert inside.door(lambda d: d.refresh(inside.account)) == tokens

    inside.door(lambda d: d.revoke(inside.account))
    with pytest.raises(Reconnect):
        inside.door(lambda d: d.who(inside.account))
    with pytest.raises(Reconnect):
        inside.door(lambda d: d.refresh(inside.account))
    inside.door(lambda d: d.revoke(inside.account))


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["verifier", "code", "redirect", "late", "twice"])
def test_a_code_opens_once_and_only_for_us(mastodon_standin: MastodonStandin, fault: str) -> None:
    standin, outside = mastodon_standin, Calling(Account("", "", mastodon_standin.origin))
    app = outside.door(lambda d: d.register(standin.origin, BACK))
    url = outside.door(
        lambda d: _async(
            d.authorise_url(
                standin.origin, app, redirect_uri=BACK, state="s", challenge=challenge("right")
            )
        )
    )
    code = _click(standin, url)["code"]
    given = {"code": code, "verifier": "right", "redirect_uri": BACK}
    if fault == "late":
        standin.advance(601)
    elif fault == "twice":
        outside.door(lambda d: d.exchange(standin.origin, app, **given))
    else:
        key = {"verifier": "verifier", "code": "code", "redirect": "redirect_uri"}[fault]
        given[key] = "https://other.example/"

    with pytest.raises(Reconnect):
        outside.door(lambda d: d.exchange(standin.origin, app, **given))


def test_a_person_may_say_no(mastodon_standin: MastodonStandin) -> None:
    standin, outside = mastodon_standin, Calling(Account("", "", mastodon_standin.origin))
    app = outside.door(lambda d: d.register(standin.origin, BACK))
    url = outside.door(
        lambda d: _async(
            d.authorise_url(standin.origin, app, redirect_uri=BACK, state="s", challenge="c" * 43)
        )
    )

    assert _click(standin, url, "deny")["error"] == "access_denied"


def test_an_app_that_the_instance_forgot(mastodon_standin: MastodonStandin) -> None:
    outside = Calling(Account("", "", mastodon_standin.origin))

    with pytest.raises(Reconnect):
        outside.door(
            lambda d: d.exchange(
                mastodon_standin.origin,
                {"client_id": "gone", "client_secret": "x"},
                code="c",
                verifier="v",
                redirect_uri=BACK,
            )
        )


async def _async(value: str) -> str:
    return value
