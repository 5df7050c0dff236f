"""A time-stamping authority made of Debian's openssl: real answers, and some that must not count."""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

_CONF = """
[tsa]
default_tsa = t
[t]
serial = {folder}/serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
other_policies = 1.2.3.4.2
digests = {digests}
accuracy = secs:1
ordering = no
tsa_name = yes
ess_cert_id_alg = sha256
ess_cert_id_chain = no
"""
_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
_TST_INFO = "1.2.840.113549.1.9.16.1.4"
NAME = "Harbour time, Pier"
"""As pages name it: the certificate's own name, and its organisation."""


@dataclass(frozen=True)
class Authority:
    """folder: root.pem, what it signs with, and other.pem, a root that has nothing to do with it.
    alone: one stamp at a time, since each is made of files there."""

    folder: Path
    alone: Any = field(default_factory=Lock)

    @property
    def root(self) -> str:
        return (self.folder / "root.pem").read_text()

    @property
    def other_root(self) -> str:
        return (self.folder / "other.pem").read_text()

    def reply(self, query: bytes) -> bytes:
        return self._reply(query, "good.cnf")

    def refuse(self, query: bytes) -> bytes:
        """It stamps SHA-512 alone: its own words of refusal."""
        return self._reply(query, "sha512.cnf")

    def reply_to_another(self, part: bytes) -> Callable[[bytes], bytes]:
        """Answers a query in which `part` is another."""
        other = bytes(one ^ 0x55 for one in part)
        return lambda query: self.reply(query.replace(part, other))

    def reply_of_a_web_server(self, query: bytes) -> bytes:
        """The same stamp, signed by a certificate of the same root that is not for time stamps."""
        self._write("good.tsr", self.reply(query))
        self._run("ts", "-reply", "-in", "good.tsr", "-token_out", "-out", "token")
        self._run("cms", "-verify", "-noverify", "-inform", "DER", "-in", "token", "-out", "info")
        self._run(
            "cms", "-sign", "-binary", "-nodetach", "-econtent_type", _TST_INFO, "-md", "sha256",
            "-outform", "DER", "-signer", "web.pem", "-inkey", "web.key", "-in", "info", "-out", "cms",
        )  # fmt: skip
        inside = bytes.fromhex("3003020100") + (self.folder / "cms").read_bytes()
        return b"\x30\x82" + len(inside).to_bytes(2, "big") + inside

    def _reply(self, query: bytes, conf: str) -> bytes:
        with self.alone:
            self._write("query", query)
            self._run(
                "ts", "-reply", "-config", conf, "-queryfile", "query", "-signer", "tsa.pem",
                "-inkey", "tsa.key", "-out", "reply",
            )  # fmt: skip
            return (self.folder / "reply").read_bytes()

    def _write(self, name: str, data: bytes) -> None:
        (self.folder / name).write_bytes(data)

    def _run(self, *words: str) -> None:
        subprocess.run(["openssl", *words], cwd=self.folder, check=True, capture_output=True)

    def _root(self, name: str) -> None:
        self._run(
            "req", "-x509", *_KEY, "-keyout", f"{name}.key", "-out", f"{name}.pem", "-days", "3650",
            "-subj", f"/O=Pier/CN={name}",
        )  # fmt: skip

    def _certificate(self, name: str, subject: str, use: str) -> None:
        self._write(f"{name}.ext", f"extendedKeyUsage={use}\n".encode())
        self._run("req", *_KEY, "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", subject)
        self._run(
            "x509", "-req", "-in", f"{name}.csr", "-CA", "root.pem", "-CAkey", "root.key",
            "-CAcreateserial", "-out", f"{name}.pem", "-days", "3000", "-extfile", f"{name}.ext",
        )  # fmt: skip


def made(folder: Path) -> Authority:
    """An authority of its own root, in an empty folder."""
    one = Authority(folder)
    one._root("root")
    one._root("other")
    one._certificate("tsa", "/O=Pier/CN=Harbour time", "critical,timeStamping")
    one._certificate("web", "/O=Pier/CN=www", "serverAuth")
    one._write("serial", b"01\n")
    for name in ("good", "sha512"):
        digests = "sha256, sha512" if name == "good" else "sha512"
        one._write(f"{name}.cnf", _CONF.format(folder=folder, digests=digests).encode())
    return one


def openssl_verifies(folder: Path, *over: str, token: str, root: str) -> str:
    """What `openssl ts -verify` says, in the folder of an export. root: PEM."""
    (folder / "ROOT.pem").write_text(root)
    words = ["openssl", "ts", "-verify", *over, "-in", token, "-CAfile", "ROOT.pem"]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True)
    return done.stdout.strip()
