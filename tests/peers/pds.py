"""A real AT Protocol server (PLC directory and PDS) in a process of its own, and accounts on it."""

import base64
import fcntl
import hashlib
import hmac
import json
import os
import selectors
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

import httpx

HERE = Path(__file__).parent
START_S = 60
STOP_S = 20
ANSWER_S = 20
JWT_SECRET = "the-secret-of-a-server-that-only-tests-talk-to"


@dataclass(frozen=True)
class Pds:
    """One running server. origin: http://127.0.0.1:port; accounts are only ever made by tests."""

    origin: str
    plc: str
    admin_password: str
    pid: int

    def post(self, method: str, payload: Mapping[str, object], token: str = "") -> httpx.Response:
        """One XRPC procedure, said to have worked."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        url = f"{self.origin}/xrpc/{method}"
        response = httpx.post(url, json=payload, headers=headers, timeout=ANSWER_S)
        assert response.is_success, response.text
        return response

    def account(self, name: str) -> "Person":
        """A new account `<name>.test` with one app password. name: 3 to 18 letters or digits."""
        handle, password = f"{name}.test", f"main-{name}-password"
        wish = {"handle": handle, "email": f"{name}@mail.test", "password": password}
        made = self.post("com.atproto.server.createAccount", wish).json()
        person = Person(self, made["did"], handle, password, made["accessJwt"], app_password="")
        return replace(person, app_password=person.app_password_named("tests"))


@dataclass(frozen=True)
class Person:
    """An account. password: the main one; access_token: of a full session, for preparing a test."""

    pds: Pds
    did: str
    handle: str
    password: str
    access_token: str
    app_password: str

    def app_password_named(self, name: str) -> str:
        """A new app password, like "abcd-efgh-ijkl-mnop"."""
        answer = self.pds.post(
            "com.atproto.server.createAppPassword", {"name": name}, self.access_token
        )
        password: str = answer.json()["password"]
        return password

    def revoke_app_password(self, name: str) -> None:
        """As a person does in the settings of their account."""
        self.pds.post("com.atproto.server.revokeAppPassword", {"name": name}, self.access_token)

    def take_down(self) -> None:
        """As the moderators of the server suspend an account."""
        subject = {"$type": "com.atproto.admin.defs#repoRef", "did": self.did}
        httpx.post(
            f"{self.pds.origin}/xrpc/com.atproto.admin.updateSubjectStatus",
            json={"subject": subject, "takedown": {"applied": True}},
            auth=("admin", self.pds.admin_password),
            timeout=ANSWER_S,
        ).raise_for_status()


def expired(token: str) -> str:
    """The same access or refresh token, properly signed, as if its time were over."""
    head, claims, _ = token.split(".")
    said = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
    old = json.dumps({**said, "iat": said["iat"] - 10**8, "exp": said["exp"] - 10**8})
    signed = f"{head}.{_base64url(old.encode())}"
    seal = hmac.new(JWT_SECRET.encode(), signed.encode(), hashlib.sha256).digest()
    return f"{signed}.{_base64url(seal)}"


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def install() -> None:
    """node_modules is there. Says so when it has to be made: it compiles for some minutes."""
    lock = Path(tempfile.gettempdir()) / f"breakwater-peers-{os.getuid()}.lock"
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if _installed():
            return
        sys.stderr.write("Installing the test peers with npm ci in tests/peers (minutes, once)…\n")
        done = subprocess.run(["npm", "ci"], cwd=HERE, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(
                "npm ci failed in tests/peers. It needs Node 20, npm, make and g++"
                f" (Debian: nodejs npm make g++).\n{done.stdout}{done.stderr}"
            )


def _installed() -> bool:
    """npm writes the second file last, when everything is there."""
    wanted, there = HERE / "package-lock.json", HERE / "node_modules" / ".package-lock.json"
    return there.exists() and _versions(there) == _versions(wanted)


def _versions(lock: Path) -> dict[str, str]:
    packages = json.loads(lock.read_text())["packages"]
    return {name: one["version"] for name, one in packages.items() if name}


@contextmanager
def start_pds(
    home: Path,
    *,
    pds_port: int = 0,
    plc_port: int = 0,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Pds]:
    """The server, until the block is left. home: a folder for its data and its log.

    Port 0 is any free one. environment: PDS_* settings, such as PDS_RATE_LIMITS_ENABLED.
    """
    install()
    home.mkdir(parents=True, exist_ok=True)
    log = home / "pds.log"
    command = [
        "node",
        str(HERE / "start_pds.mjs"),
        str(pds_port),
        str(plc_port),
        str(home / "data"),
    ]
    with (
        log.open("wb") as errors,
        subprocess.Popen(
            command,
            env={**os.environ, "PDS_JWT_SECRET": JWT_SECRET, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
        ) as process,
    ):
        try:
            yield Pds(**json.loads(_first_line(process, log)))
        finally:
            _stop(process)


def _first_line(process: subprocess.Popen[bytes], log: Path) -> bytes:
    pipe: IO[bytes] | None = process.stdout
    assert pipe is not None
    with selectors.DefaultSelector() as ready:
        ready.register(pipe, selectors.EVENT_READ)
        line = pipe.readline() if ready.select(START_S) else b""
    if not line:
        raise RuntimeError(f"the PDS did not start:\n{log.read_text(errors='replace')[-5000:]}")
    return line


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_S)
    except subprocess.TimeoutExpired:
        process.kill()
