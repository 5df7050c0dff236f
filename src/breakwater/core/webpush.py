"""Web push: a message that only one browser can read (RFC 8291), signed by us (RFC 8292).

Pure: bytes and headers of one request; who sends it does so by core/http. pywebpush is not used,
because it opens connections of its own past the egress guard (docs/adr/0013-web-push.md).
"""

import base64
import binascii
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

TTL = timedelta(hours=4)
"""How long a push service keeps what a phone that is off cannot take."""

PAYLOAD_MAX = 3000
"""Bytes; push services take bodies of at least 4096 with all that encryption adds."""

_CURVE = ec.SECP256R1()
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_RECORD = 4096
_SIGNED_FOR = timedelta(hours=12)  # RFC 8292, 2: at most 24 hours


@dataclass(frozen=True)
class Request:
    """What is to be POSTed to the endpoint."""

    headers: Mapping[str, str]
    body: bytes


def pushed(
    payload: bytes,
    endpoint: str,
    *,
    p256dh: str,
    auth: str,
    key: bytes,
    contact: str,
    now: datetime,
) -> Request:
    """The request that shows `payload` in the browser with these keys.

    key: of this installation (32 bytes). contact: "mailto:…" or "https://…", whom the push service
    may write to. Raises: ValueError for a payload that is too long, or keys that are none.
    """
    if len(payload) > PAYLOAD_MAX:
        raise ValueError(f"a push has at most {PAYLOAD_MAX} bytes")
    body = encrypted(
        payload, p256dh=decoded(p256dh), auth=decoded(auth), salt=os.urandom(16),
        own=ec.generate_private_key(_CURVE),
    )  # fmt: skip
    headers = {
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(int(TTL.total_seconds())),
        "Urgency": "high",
        "Authorization": signed(endpoint, key=key, contact=contact, now=now),
    }
    return Request(headers, body)


def encrypted(
    payload: bytes, *, p256dh: bytes, auth: bytes, salt: bytes, own: ec.EllipticCurvePrivateKey
) -> bytes:
    """RFC 8291, 3.4 over RFC 8188: header and one record. salt and own are fresh for each message."""
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, p256dh)
    mine = _point(own.public_key())
    shared = own.exchange(ec.ECDH(), theirs)
    seed = _derived(shared, auth, b"WebPush: info\0" + p256dh + mine, 32)
    content_key = _derived(seed, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(seed, salt, b"Content-Encoding: nonce\0", 12)
    record = AESGCM(content_key).encrypt(nonce, payload + b"\x02", None)  # 2: the last record
    return salt + _RECORD.to_bytes(4, "big") + bytes([len(mine)]) + mine + record


def signed(endpoint: str, *, key: bytes, contact: str, now: datetime) -> str:
    """RFC 8292: the Authorization header by which a push service knows us again."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((now + _SIGNED_FOR).timestamp()),
        "sub": contact,
    }
    said = f"{_json({'typ': 'JWT', 'alg': 'ES256'})}.{_json(claims)}"
    r, s = decode_dss_signature(_private(key).sign(said.encode(), ec.ECDSA(hashes.SHA256())))
    signature = encoded(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
    return f"vapid t={said}.{signature}, k={public_key(key)}"


def public_key(key: bytes) -> str:
    """What a browser is handed when it is asked to open a door for us (applicationServerKey)."""
    return encoded(_point(_private(key).public_key()))


def check_keys(p256dh: str, auth: str) -> None:
    """Raises: ValueError when these are not a browser's keys."""
    if len(decoded(auth)) != 16:
        raise ValueError("auth has 16 bytes")
    ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, decoded(p256dh))


def encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """Of base64url, padded or not. Raises: ValueError."""
    bare = text.rstrip("=")
    try:
        return base64.b64decode(bare + "=" * (-len(bare) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("this is not base64url") from error


def _private(key: bytes) -> ec.EllipticCurvePrivateKey:
    """Any 32 bytes become a key of the curve: its numbers are 1 to _ORDER - 1."""
    return ec.derive_private_key(int.from_bytes(key, "big") % (_ORDER - 1) + 1, _CURVE)


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _json(value: Mapping[str, object]) -> str:
    return encoded(json.dumps(value, separators=(",", ":")).encode())
