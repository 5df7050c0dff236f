"""Web push against the RFCs' own examples, and a browser that opens what was sealed for it."""

import json
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from tests.browsers_of_push import PushedBrowser

from breakwater.core import webpush

NOW = datetime(2026, 11, 28, 23, 0, tzinfo=UTC)
KEY = bytes(range(32))


def test_it_seals_as_the_example_of_rfc_8291() -> None:
    """RFC 8291, appendix A: every value is the RFC's."""
    own = webpush.decoded("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")

    body = webpush.encrypted(
        b"When I grow up, I want to be a watermelon",
        p256dh=webpush.decoded(
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
        ),
        auth=webpush.decoded("BTBZMqHH6r4Tts7J_aSIgg"),
        salt=webpush.decoded("DGv6ra1nlYgDCS1FRnbzlw"),
        own=ec.derive_private_key(int.from_bytes(own, "big"), ec.SECP256R1()),
    )

    assert webpush.encoded(body) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS"
        "6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4"
        "a-fN"
    )


def test_it_is_signed_for_the_push_services_origin_for_half_a_day() -> None:
    """RFC 8292, 2 and 3."""
    said = webpush.signed(
        "https://push.example.net:444/p/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV",
        key=KEY, contact="mailto:push@example.com", now=NOW,
    )  # fmt: skip

    scheme, token, public = said.replace(",", "").split(" ")
    head, claims, signature = token.removeprefix("t=").split(".")
    assert scheme == "vapid"
    assert json.loads(webpush.decoded(head)) == {"typ": "JWT", "alg": "ES256"}
    assert json.loads(webpush.decoded(claims)) == {
        "aud": "https://push.example.net:444",
        "exp": int(NOW.timestamp()) + 12 * 3600,
        "sub": "mailto:push@example.com",
    }
    raw = webpush.decoded(signature)
    pair = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    key = ec.EllipticCurvePublicKey.from_encoded_point(
        ec.SECP256R1(), webpush.decoded(public.removeprefix("k="))
    )
    key.verify(pair, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    assert public == f"k={webpush.public_key(KEY)}"


@pytest.mark.parametrize(
    "key", [bytes(32), b"\xff" * 32, bytes(range(32))], ids=["0", "255", "mixed"]
)
def test_any_32_bytes_are_a_key(key: bytes) -> None:
    assert len(webpush.decoded(webpush.public_key(key))) == 65


def test_the_browser_reads_it_and_no_other_does() -> None:
    browser, other = PushedBrowser(), PushedBrowser()
    request = webpush.pushed(
        "Des mots, « là »".encode(), "https://push.example.net/p/1", p256dh=browser.p256dh,
        auth=browser.auth, key=KEY, contact="mailto:a@b.example", now=NOW,
    )  # fmt: skip

    assert browser.read(request.body).decode() == "Des mots, « là »"
    assert request.headers["TTL"] == "14400"
    assert request.headers["Urgency"] == "high"
    with pytest.raises(ValueError, match="not for this browser"):
        other.read(request.body)


def test_what_no_browser_said_is_refused() -> None:
    good = PushedBrowser()
    for p256dh, auth in (
        ("", good.auth), (good.p256dh, ""), (good.p256dh[:-4], good.auth), ("A" * 87, good.auth),
        (good.p256dh, "!!!"), ("é" * 87, good.auth),
    ):  # fmt: skip
        with pytest.raises(ValueError, match=r"\w"):
            webpush.check_keys(p256dh, auth)
    webpush.check_keys(good.p256dh, good.auth)


def test_a_long_payload_is_refused() -> None:
    browser = PushedBrowser()

    with pytest.raises(ValueError, match="at most 3000"):
        webpush.pushed(
            b"x" * 3001, "https://p.example/", p256dh=browser.p256dh, auth=browser.auth, key=KEY,
            contact="mailto:a@b.example", now=NOW,
        )  # fmt: skip
