"""The browser's side of web push, written from RFC 8291 and 8188: keys of its own, and reading."""

import os
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from breakwater.core.webpush import encoded


@dataclass
class PushedBrowser:
    """A browser that has opened a door: p256dh and auth are what it hands out."""

    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    secret: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def p256dh(self) -> str:
        return encoded(self._point)

    @property
    def auth(self) -> str:
        return encoded(self.secret)

    @property
    def _point(self) -> bytes:
        return self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def read(self, body: bytes) -> bytes:
        """Raises: ValueError for what was sealed for somebody else."""
        salt, length = body[:16], body[20]
        theirs = body[21 : 21 + length]
        shared = self.key.exchange(
            ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs)
        )
        seed = _hkdf(shared, self.secret, b"WebPush: info\0" + self._point + theirs, 32)
        key = _hkdf(seed, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = _hkdf(seed, salt, b"Content-Encoding: nonce\0", 12)
        try:
            plain = AESGCM(key).decrypt(nonce, body[21 + length :], None)
        except InvalidTag as error:
            raise ValueError("not for this browser") from error
        return plain.rstrip(b"\0")[:-1]


def _hkdf(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)
