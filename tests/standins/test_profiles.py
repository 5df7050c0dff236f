"""How an account shows itself, as the stand-ins tell it: the same words each time, and no lack of an
answer that reads like a change."""

import pytest

from breakwater.domain.errors import TryLater
from breakwater.networks.base import Profile
from tests.standins.facebook import FacebookStandin
from tests.standins.facebook.calling import calling
from tests.standins.instagram import InstagramStandin
from tests.standins.instagram.calling import connected as on_instagram
from tests.standins.threads import ThreadsStandin
from tests.standins.threads.calling import connected as on_threads
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


def test_an_answer_without_a_name_is_no_other_name(facebook_in_process: FacebookStandin) -> None:
    page = calling(facebook_in_process)
    [shown] = [one for one in facebook_in_process.of("Page") if one.id == page.account.remote_id]
    shown.facts["name"] = None

    with pytest.raises(TryLater):
        page.run(lambda c: c.profile())
