"""Time stamps of others (RFC 3161): the question, and what counts as its answer. No I/O.

An answer counts when the authority granted it, it is over exactly what was asked, with the nonce
that was asked with, and signed by a certificate for time stamps that leads to a root we trust.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.x509.oid import NameOID
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from breakwater.domain.text import one_line, storable
from breakwater.evidence.verify import read_stamp

QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"
MAX_BYTES = 64 * 1024
"""Of an answer. With a chain of certificates it has some 6 KB."""
_GRANTED = 0
_NAME = 200


class BadToken(Exception):
    """The answer does not count. code: stamp_not_understood, stamp_rejected, stamp_of_another,
    stamp_signature."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Query:
    """data: as it is sent. digest: SHA-256 of what it is over. nonce: random, 64 bits."""

    data: bytes
    digest: bytes
    nonce: int


@dataclass(frozen=True)
class Token:
    """data: the answer as it came, what `openssl ts` reads. at: the authority's time. authority: the
    name in the certificate that signed."""

    data: bytes
    at: datetime
    authority: str


def query(package: bytes) -> Query:
    """The question for a time stamp over these bytes; the digest alone leaves."""
    builder = TimestampRequestBuilder().data(package).hash_algorithm(HashAlgorithm.SHA256)
    made = builder.nonce(nonce=True).cert_request(cert_request=True).build()
    assert made.nonce is not None
    return Query(made.as_bytes(), hashlib.sha256(package).digest(), made.nonce)


def read(answer: bytes, asked: Query, roots: Sequence[x509.Certificate]) -> Token:
    """What the authority gave. roots: the certificates that are trusted; at least one.

    Raises: BadToken.
    """
    try:
        response = decode_timestamp_response(answer)
    except ValueError as error:
        raise BadToken("stamp_not_understood") from error
    if response.status != _GRANTED:
        raise BadToken("stamp_rejected")
    try:
        info = response.tst_info
        fits = (info.message_imprint.message, info.nonce) == (asked.digest, asked.nonce)
        if not fits or read_stamp(answer)[0] != asked.digest.hex():  # as verify.py reads it, too
            raise BadToken("stamp_of_another")
        VerifierBuilder(nonce=asked.nonce, roots=list(roots)).build().verify(response, asked.digest)
        return Token(answer, info.gen_time, _signer(response))
    except VerificationError as error:
        raise BadToken("stamp_signature") from error
    except BadToken:
        raise
    except Exception as error:  # a stranger's certificates: each fault of theirs has its own class
        raise BadToken("stamp_not_understood") from error


def certificates(pem: str) -> list[x509.Certificate]:
    """The certificates of a PEM text. Raises: ValueError where there is none, or one is damaged."""
    return x509.load_pem_x509_certificates(pem.encode())


def _signer(response: TimeStampResponse) -> str:
    """Whose certificate signed it: its own name, and its organisation."""
    (signer,) = response.signed_data.signer_infos
    for one in response.signed_data.certificates:
        found = x509.load_der_x509_certificate(one)
        if (found.issuer, found.serial_number) == (signer.issuer, signer.serial_number):
            names = [
                str(part.value)
                for oid in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME)
                for part in found.subject.get_attributes_for_oid(oid)
            ]
            return one_line(storable(", ".join(names) or found.subject.rfc4514_string()))[:_NAME]
    raise ValueError("no certificate of the signer")
