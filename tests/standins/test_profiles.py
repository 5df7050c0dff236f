"""How an account shows itself, as the stand-ins tell it: the same words each time, and no lack of an
answer that reads like a change."""

import pytest

from breakwater.domain.errors import TryLater, Unsupported
from breakwater.networks.base import Profile
from tests.standins.facebook import FacebookStandin
from tests.standins.facebook.calling import calling
from tests.standins.googlebusiness.calling import connected as on_google
from tests.standins.googlebusiness.standin import QUAY, BusinessStandin
from tests.standins.instagram import InstagramStandin
from tests.standins.instagram.calling import connected as on_instagram
from tests.standins.linkedin.calling import ann as member
from tests.standins.linkedin.calling import harbour
from tests.standins.linkedin.standin import LinkedInStandin
from tests.standins.linkedin.state import HARBOUR
from tests.standins.pinterest.calling import ann as on_pinterest
from tests.standins.pinterest.standin import PinterestStandin
from tests.standins.threads import ThreadsStandin
from tests.standins.threads.calling import connected as on_threads
from tests.standins.tiktok import TikTokStandin
from tests.standins.tiktok.calling import connected as on_tiktok
from tests.standins.x import XStandin
from tests.standins.x.calling import connected as on_x
from tests.standins.youtube import YouTubeStandin
from tests.standins.youtube.calling import connected as on_youtube


def test_instagram_tells_name_words_and_link() -> None:
    standin = InstagramStandin()

    seen = on_instagram(standin).run(lambda c: c.profile())

    assert seen == Profile(
        "Harbour Café", f"@{standin.state.name}", "At the quay", "https://harbour.example/"
    )
    assert standin.violations == []


def test_threads_tells_name_and_words() -> None:
    standin = ThreadsStandin()

    seen = on_threads(standin).run(lambda c: c.profile())

    assert seen == Profile("Harbour Café", f"@{standin.state.name}", "At the quay")
    assert standin.violations == []


def test_youtube_tells_name_words_and_picture(youtube_in_process: YouTubeStandin) -> None:
    desk = on_youtube(youtube_in_process)

    seen = desk.run(lambda c: c.profile())

    assert (seen.handle, seen.bio) == ("@harbour", "At the quay")
    assert seen.picture == "https://yt3.ggpht.com/a"
    youtube_in_process.no_channel = True
    with pytest.raises(TryLater):
        desk.run(lambda c: c.profile())


def test_x_tells_where_the_link_leads_and_the_followers(x_standin: XStandin) -> None:
    seen = on_x(x_standin).run(lambda c: c.profile())

    assert seen == Profile(
        "The Harbour", "@harbour", "At the quay", "https://harbour.example/",
        "https://pbs.example/harbour.jpg", followers=7,
    )  # fmt: skip
    assert x_standin.violations == []


def test_on_x_what_is_not_filled_in_is_empty_and_not_unknown(x_standin: XStandin) -> None:
    me = x_standin.person("harbour")
    me.description, me.link = "", ""

    seen = on_x(x_standin).run(lambda c: c.profile())

    assert (seen.bio, seen.link) == ("", "")


def test_linkedin_tells_an_organisation_and_no_member() -> None:
    standin = LinkedInStandin()

    seen = harbour(standin).run(lambda c: c.profile())

    assert seen == Profile(
        "Harbour Café", "harbour-cafe", "At the quay", "https://harbour.example/",
        "urn:li:digitalmediaAsset:C4D0AAHc",
    )  # fmt: skip
    with pytest.raises(Unsupported):
        member(standin).run(lambda c: c.profile())
    assert standin.violations == []


def test_what_linkedin_shows_only_to_administrators_is_unknown_to_others() -> None:
    standin = LinkedInStandin()
    standin.world.roles[HARBOUR] = "CONTENT_ADMINISTRATOR"

    seen = harbour(standin).run(lambda c: c.profile())

    assert (seen.name, seen.bio, seen.link, seen.picture) == ("Harbour Café", None, None, None)


def test_pinterest_tells_name_words_link_and_picture() -> None:
    standin = PinterestStandin()

    seen = on_pinterest(standin).run(lambda c: c.profile())

    assert seen == Profile(
        "Harbour Café", "@harbour_cafe", "At the quay", "https://harbour.example/",
        "https://i.pinimg.example/600x600_R/aa/bb/harbour.jpg",
    )  # fmt: skip
    standin.shown = {"about": ""}
    emptied = on_pinterest(standin).run(lambda c: c.profile())
    assert (emptied.bio, emptied.link, emptied.picture) == ("", None, None)
    assert standin.violations == []


def test_tiktok_tells_what_was_granted_and_nothing_is_known_of_the_rest(
    tiktok_in_process: TikTokStandin,
) -> None:
    whole = on_tiktok(tiktok_in_process).run(lambda c: c.profile())
    little = on_tiktok(tiktok_in_process, ("user.info.basic",)).run(lambda c: c.profile())

    assert whole == Profile("Harbour Café", "@harbour", "At the quay")
    assert little == Profile("Harbour Café")
    assert tiktok_in_process.violations == []


def test_a_right_to_figures_that_was_not_granted_asks_for_no_new_sign_in(
    tiktok_in_process: TikTokStandin,
) -> None:
    with pytest.raises(Unsupported):
        on_tiktok(tiktok_in_process, ("user.info.basic",)).run(lambda c: c.insights())

    assert tiktok_in_process.requests == []


def test_google_tells_a_place_with_its_phone_and_what_was_taken_out_is_empty(
    business_in_process: BusinessStandin,
) -> None:
    place = on_google(business_in_process)

    seen = place.run(lambda c: c.profile())

    assert seen == Profile(
        "Harbour Café", bio="At the quay", link="https://harbour.example/", phone="02 97 00 00 00"
    )
    for name in ("profile", "websiteUri", "phoneNumbers"):
        del business_in_process.places[QUAY][name]
    emptied = place.run(lambda c: c.profile())
    assert emptied == Profile("Harbour Café", bio="", link="", phone="")
    assert business_in_process.violations == []


def test_an_answer_without_a_name_is_no_other_name(facebook_in_process: FacebookStandin) -> None:
    page = calling(facebook_in_process)
    [shown] = [one for one in facebook_in_process.of("Page") if one.id == page.account.remote_id]
    shown.facts["name"] = None

    with pytest.raises(TryLater):
        page.run(lambda c: c.profile())
