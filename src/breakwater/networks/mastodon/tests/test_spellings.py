"""How an instance writes whom a post mentions, and what a person may have typed for it.

The page and the list have the form of a recorded answer (tests/standins/mastodon/recorded,
status_with_mention) and of mastodon/mastodon app/lib/text_formatter.rb.
"""

from typing import Any

import pytest

from breakwater.domain.text import says
from breakwater.networks.base import Account
from breakwater.networks.mastodon.inbound import own_hosts, seen

ACCOUNT = Account("1", "@harbour@quay.example", "https://social.quay.example")
HOSTS = own_hosts(ACCOUNT)


def _mention(url: str, shown: str) -> str:
    return (
        f'<span class="h-card" translate="no"><a href="{url}" class="u-url mention">'
        f"@<span>{shown}</span></a></span>"
    )


def _status(content: str, *mentioned: tuple[str, str]) -> dict[str, Any]:
    """mentioned: (acct, address of the profile)."""
    listed = [
        {"id": "7", "username": acct.partition("@")[0], "url": url, "acct": acct}
        for acct, url in mentioned
    ]
    return {
        "id": "1", "url": "https://social.quay.example/@harbour/1", "content": content,
        "created_at": "2026-08-01T13:53:15.910Z", "mentions": listed, "media_attachments": [],
    }  # fmt: skip


NEAR = "https://social.quay.example/@ann"
FAR = "https://far.example/@ann"
BOTH = _status(
    f"<p>{_mention(NEAR, 'ann')} and {_mention(FAR, 'ann@far.example')} sing.</p>",
    ("ann", NEAR), ("ann@far.example", FAR),
)  # fmt: skip


@pytest.mark.parametrize(
    "typed",
    [
        "@ann and @ann@far.example sing.",
        "@ann@quay.example and @ann@far.example sing.",
        "@ann@social.quay.example and @ann@far.example sing.",
        "@Ann@Quay.example and @ANN@far.example sing.",
    ],
)
def test_every_way_to_write_those_it_mentions_is_the_same_text(typed: str) -> None:
    post = seen(BOTH, HOSTS)

    assert post.text == "@ann and @ann@far.example sing."
    assert says(post.text, typed, post.spellings)


@pytest.mark.parametrize(
    "typed",
    ["@ann@far.example and @ann sing.", "@ann@else.example and @ann@far.example sing.", "@ann"],
)
def test_somebody_else_is_not(typed: str) -> None:
    post = seen(BOTH, HOSTS)

    assert not says(post.text, typed, post.spellings)


def test_whom_the_instance_does_not_know_stays_as_typed() -> None:
    post = seen(_status("<p>@nobody@quay.example sings.</p>"), HOSTS)

    assert (post.text, post.spellings) == ("@nobody@quay.example sings.", {})
    assert not says(post.text, "@nobody sings.", post.spellings)


@pytest.mark.parametrize(
    "address",
    [
        "https://www.quay.example/a/very/long/path/to/the/harbour?tide=low&day=7#pier",
        "http://quay.example/",
        "https://quay.example/mar%C3%A9e/@ann@quay.example/" + "x" * 60,
    ],
)
def test_a_link_is_whole_however_it_is_shortened(address: str) -> None:
    prefix = next(one for one in ("https://www.", "https://", "http://") if address.startswith(one))
    shown, rest = address[len(prefix) :][:30], address[len(prefix) + 30 :]
    escaped = [part.replace("&", "&amp;") for part in (address, prefix, shown, rest)]
    link = (
        '<a href="{}" target="_blank" rel="nofollow noopener" translate="no">'
        '<span class="invisible">{}</span><span class="{kind}">{}</span>'
        '<span class="invisible">{}</span></a>'
    ).format(*escaped, kind="ellipsis" if rest else "")
    page = f"<p>{_mention(NEAR, 'ann')}: {link} tonight</p>"

    post = seen(_status(page, ("ann", NEAR)), HOSTS)

    assert post.text == f"@ann: {address} tonight"
    assert says(post.text, f"@ann@quay.example: {address} tonight", post.spellings)
