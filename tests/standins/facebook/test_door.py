"""Signing in: Facebook Login, the Pages of a person, keys that are wrong."""

from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from breakwater.domain.errors import Reconnect, Refused
from breakwater.networks.base import Purpose
from breakwater.networks.facebook.manifest import MANIFEST
from tests.standins.base.calling import Calling
from tests.standins.facebook import FacebookStandin
from tests.standins.facebook.calling import calling
from tests.standins.facebook.door import REDIRECT


def _asked(page: Calling, **app: str) -> str:
    keys = {**page.app, **app}
    return page.door(
        lambda door: _now(
            door.authorise_url(
                page.account.origin,
                keys,
                redirect_uri=REDIRECT,
                state="s1",
                challenge="",
                scopes=MANIFEST.scopes_for(Purpose.PUBLISH),
            )
        )
    )


async def _now(value: str) -> str:
    return value


def _code(standin: FacebookStandin, url: str) -> str:
    """What comes back once ann has said yes."""
    with httpx.Client(transport=standin.transport()) as browser:
        assert browser.get(url).status_code == 200
        asked = {k: v[0] for k, v in parse_qs(urlsplit(url).query).items()}
        back = browser.post(url.partition("?")[0], data={**asked, "answer": "authorize"})
    answer = parse_qs(urlsplit(back.headers["location"]).query)
    assert answer["state"] == ["s1"]
    return answer["code"][0]


def test_a_sign_in_opens_each_page_of_the_person(facebook_in_process: FacebookStandin) -> None:
    page = calling(facebook_in_process)
    origin, code = page.account.origin, _code(facebook_in_process, _asked(page))

    person = page.door(
        lambda door: door.exchange(origin, page.app, code=code, verifier="", redirect_uri=REDIRECT)
    )
    found = page.door(lambda door: door.accounts(origin, person))

    assert [one.who.name for one in found] == ["Harbour Café", "Harbour Museum"]
    assert [one.who.handle for one in found] == ["harbourcafe", "Harbour Museum"]
    assert len({one.secrets["access_token"] for one in found} | {person["access_token"]}) == 3
    assert set(person["scope"].split()) == set(MANIFEST.scopes_for(Purpose.PUBLISH))
    assert [one.kind for one in found] == ["Page", "Page (you may not publish there)"]
    assert person["expires_at"] < person["data_until"] == found[0].secrets["expires_at"]


def test_a_person_is_asked_for_what_the_purpose_needs(
    facebook_in_process: FacebookStandin,
) -> None:
    listen = MANIFEST.scopes_for(Purpose.LISTEN)

    url = _asked(calling(facebook_in_process))

    query = parse_qs(urlsplit(url).query)
    assert "pages_manage_posts" not in listen
    assert query["scope"] == [",".join(MANIFEST.scopes_for(Purpose.PUBLISH))]
    assert query["state"] == ["s1"]


def test_a_business_login_names_its_configuration(facebook_in_process: FacebookStandin) -> None:
    url = _asked(calling(facebook_in_process), config_id="777")

    query = parse_qs(urlsplit(url).query)
    assert query["config_id"] == ["777"]
    assert "scope" not in query


def test_a_code_opens_once(facebook_in_process: FacebookStandin) -> None:
    page = calling(facebook_in_process)
    code = _code(facebook_in_process, _asked(page))
    go = {"code": code, "verifier": "", "redirect_uri": REDIRECT}
    page.door(lambda door: door.exchange(page.account.origin, page.app, **go))

    with pytest.raises(Reconnect):
        page.door(lambda door: door.exchange(page.account.origin, page.app, **go))


def test_keys_are_asked_for_and_tried(facebook_in_process: FacebookStandin) -> None:
    origin = facebook_in_process.origin
    none, wrong = calling(facebook_in_process), calling(facebook_in_process)
    none.app, wrong.app = {}, {**wrong.app, "client_secret": "guessed"}

    with pytest.raises(Refused) as missing:
        none.door(lambda door: door.register(origin, REDIRECT))
    with pytest.raises(Refused) as refused:
        wrong.door(lambda door: door.check_app(origin))
    calling(facebook_in_process).door(lambda door: door.check_app(origin))

    assert missing.value.reason == "app_keys_missing"
    assert refused.value.reason == "app_keys_refused"


def test_a_living_token_is_kept_with_its_new_day(facebook_in_process: FacebookStandin) -> None:
    page = calling(facebook_in_process)

    fresh = page.door(lambda door: door.refresh(page.account))

    assert fresh["access_token"] == page.account.secrets["access_token"]
    assert fresh["expires_at"] == fresh["data_until"]


def test_a_dead_token_asks_for_the_person(facebook_in_process: FacebookStandin) -> None:
    page = calling(facebook_in_process)
    facebook_in_process.revoke_tokens()

    with pytest.raises(Reconnect):
        page.door(lambda door: door.refresh(page.account))
    with pytest.raises(Reconnect):
        page.run(lambda c: c.timeline(1))
    page.door(lambda door: door.revoke(page.account))


def test_a_page_that_leaves_is_no_longer_pushed(facebook_in_process: FacebookStandin) -> None:
    page = calling(facebook_in_process)
    page.run(lambda c: c.subscribe("https://desk.example/hooks/facebook"))

    page.door(lambda door: door.revoke(page.account))

    assert facebook_in_process.state.subscribed == {}


def test_facebook_answers_under_several_names() -> None:
    own = MANIFEST.default_origin

    assert MANIFEST.at(own, "login") == "https://www.facebook.com"
    assert MANIFEST.at(own, "video") == "https://graph-video.facebook.com"
    assert MANIFEST.at(own, "upload") == "https://rupload.facebook.com"
    assert MANIFEST.at("http://127.0.0.1:9", "upload") == "http://127.0.0.1:9"
