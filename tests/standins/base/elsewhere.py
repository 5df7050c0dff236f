"""Checks that cannot be asked of a network, by name: why, and which test shows it another way.

`conforming.conforms` fails on any other skip, and on an exception that is none any more.
`tests/test_capability_lines.py` holds that each line of each manifest is shown by a test.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Elsewhere:
    """why: a sentence. test: `path::name`; "" where the check shows no line of a manifest alone."""

    why: str
    test: str = ""


_T = "tests/standins"

ELSEWHERE: Mapping[str, Mapping[str, Elsewhere]] = {
    "googlebusiness": {
        "figures_of_a_post_are_numbers_of_one_thing": Elsewhere(
            "Google gives figures of the place alone, since it ended those of a post.",
            f"{_T}/googlebusiness/test_listening.py"
            "::test_figures_are_added_up_by_day_and_an_unknown_day_is_left_out",
        ),
    },
    "instagram": {
        "loses_no_ad_comment": Elsewhere(
            "Comments under ads are pushed; nobody can ask for them.",
            f"{_T}/instagram/test_door.py"
            "::test_comments_under_a_live_video_and_under_an_ad_are_pushed",
        ),
        "announces_a_live_event": Elsewhere(
            "A live video begins in the app; what is said below it is pushed.",
            f"{_T}/instagram/test_door.py"
            "::test_comments_under_a_live_video_and_under_an_ad_are_pushed",
        ),
    },
    "sandbox": {
        "no_call_outlives_a_silent_server": Elsewhere(
            "Silence takes real seconds, and a socket.",
            "src/breakwater/networks/sandbox/tests/test_conforming.py"
            "::test_its_silence_is_in_doubt",
        ),
    },
    "tiktok": {
        "shows_alt_texts_and_pictures": Elsewhere(
            "TikTok shows apps no media of a post.",
            f"{_T}/tiktok/test_photos.py::test_35_pictures_are_taken_and_not_one_more",
        ),
    },
    "youtube": {
        "lets_in_again_twice_without_harm": Elsewhere(
            "Whom a comment was rejected of is let in again in YouTube Studio alone.",
            f"{_T}/youtube/test_listening.py::test_a_person_is_shut_out_of_a_chat_for_a_time",
        ),
    },
}
