"""A feed's address holds no password, and its letters are those in which entities are seen."""

from datetime import datetime

import pytest
from tests.people import make_member, make_person

from breakwater.domain.errors import Invalid
from breakwater.pauses.models import Feed
from breakwater.pauses.newsreading import headlines
from breakwater.pauses.services.feeds import add_feed
from breakwater.people.models import Workspace
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import access

RSS = (
    '<?xml version="1.0" encoding="{0}"?><rss version="2.0"><channel><title>T</title>'
    "<item><title>Flood</title></item></channel></rss>"
)


@pytest.mark.parametrize("address", ["https://ann:pass@news.example/feed", "https://", "ftp://a/"])
def test_an_address_with_a_password_or_of_no_web_is_refused(
    address: str, harbour_workspace: Workspace, now: datetime
) -> None:
    make_member(harbour_workspace, mia := make_person("mia"), Role.OWNER)
    by = access(mia, harbour_workspace.slug, Right.INVITE)

    with pytest.raises(Invalid, match="feed_address"):
        add_feed(by, address, "News", now=now)

    assert not Feed.objects.exists()


@pytest.mark.parametrize("letters", ["utf-8", "utf-16", "iso-8859-1"])
def test_the_letters_of_the_web_are_read(letters: str, now: datetime) -> None:
    found = headlines(RSS.format(letters).encode(letters), now=now)

    assert [one.title for one in found] == ["Flood"]


@pytest.mark.parametrize("letters", ["utf-7", "cp037", "x-unknown"])
def test_letters_that_could_hide_entities_are_not(letters: str, now: datetime) -> None:
    with pytest.raises(Invalid, match="feed_unreadable"):
        headlines(RSS.format(letters).encode(), now=now)
