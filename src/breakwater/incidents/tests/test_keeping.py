"""An id that somebody typed opens what is the channel's own, and leads nowhere else."""

import pytest

from breakwater.incidents.services.keeping import begins_with


@pytest.mark.parametrize(
    ("account", "remote_id"),
    [
        ("did:plc:quay", "at://did:plc:quay/app.bsky.feed.post/3k2a"),
        ("1001", "1001_2002"),
        ("accounts/1/locations/2", "accounts/1/locations/2/localPosts/3"),
    ],
)
def test_an_id_that_begins_with_the_account_is_its_own(account: str, remote_id: str) -> None:
    assert begins_with(account, remote_id)


@pytest.mark.parametrize(
    ("account", "remote_id"),
    [
        ("did:plc:quay", "at://did:plc:other/app.bsky.feed.post/3k2a"),
        ("did:plc:quay", "https://did:plc:quay/x"),
        ("1001", "10012002"),
        ("1001", "1001_2002?fields=access_token"),
        ("1001", "1001_2002/../me"),
        ("1001", "1001_2002/%2e%2e/me"),
        ("1001", "1001_"),
        ("1001", "1001/2//3"),
        ("accounts/1/locations/2", "accounts/1/locations/2/../9/reviews/1"),
        ("", "_1"),
    ],
)
def test_what_leads_elsewhere_is_not(account: str, remote_id: str) -> None:
    assert not begins_with(account, remote_id)
