"""Limits as a person says them: gigabytes, hours, thousands set apart; rights once each."""

from dataclasses import replace

import pytest
from django.utils import translation

from breakwater.channels.tests.dock import MANIFEST
from breakwater.networks.base import Limits, VideoLimits
from breakwater.web.manifest_lines import limit_lines, scope_lines

VIDEO = VideoLimits(most_bytes=10_000_000_000, least_s=0.5, most_s=14_400)
LIMITS = replace(MANIFEST.limits, video=VIDEO, document_bytes=2_500_000)


def _said(limits: Limits, language: str) -> dict[str, str]:
    with translation.override(language):
        return {str(one.name): one.value for one in limit_lines(limits)}


def test_large_sizes_and_long_times_are_said_in_large_units() -> None:
    said = _said(LIMITS, "en")

    assert said["Videos"] == "up to 10 GB, at least 0.5 s, at most 4 hours, MP4"
    assert said["Documents"] == "up to 2.5 MB"
    assert said["Picture description"] == "up to 1,500 characters"


@pytest.mark.parametrize(("seconds", "said"), [(90, "90 s"), (900, "15 minutes"), (91, "91 s")])
def test_a_short_time_is_said_in_seconds(seconds: int, said: str) -> None:
    limits = replace(LIMITS, video=replace(VIDEO, least_s=0, most_s=seconds))

    assert f"at most {said}," in _said(limits, "en")["Videos"].replace("seconds", "s")


def test_a_wider_purpose_says_only_what_it_adds() -> None:
    lines = scope_lines(MANIFEST)

    assert [one.codes for one in lines] == [("comments", "who"), ("answer",), ("post:write",)]
    assert [one.value for one in lines] == ["", "and besides:", "and besides:"]
