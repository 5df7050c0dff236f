"""Standard Webhooks: signed as the reference implementations sign."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from breakwater.notices import webhooks


@pytest.mark.parametrize(
    ("secret", "message_id", "moment", "body", "signature"),
    [  # the examples of the specification's own libraries and of its manual
        ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330,
         b'{"test": 2432232314}', "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
        ("whsec_plJ3nmyCDGBKInavdOK15jsl", "msg_loFOjxBNrRLzqYUf", 1731705121,
         b'{"event_type":"ping","data":{"success":true}}',
         "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0="),
    ],
)  # fmt: skip
def test_it_signs_as_the_examples_do(
    secret: str, message_id: str, moment: int, body: bytes, signature: str
) -> None:
    at = datetime.fromtimestamp(moment, UTC)

    headers = webhooks.headers_of(message_id, body, secret=secret, at=at)

    assert headers == {
        "Content-Type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": str(moment),
        "webhook-signature": signature,
    }


def test_a_secret_belongs_to_one_door_and_stays() -> None:
    one, other = UUID(int=1), UUID(int=2)

    assert webhooks.secret_of(one) == webhooks.secret_of(one) != webhooks.secret_of(other)
    assert len(webhooks.secret_of(one)) == len("whsec_") + 44
