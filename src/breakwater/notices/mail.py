"""Mail leaves by BREAKWATER_MAIL_URL: a mail server, or a folder of .eml files.

smtp://user:password@host:587?tls=yes   a server, with STARTTLS (tls=no only when said, or
                                        when the host is this machine)
smtps://user:password@host:465          a server, with TLS from the first byte
file:///folder                          one .eml file for each mail (trying out, tests)
"""

import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend

from breakwater.domain.errors import Misconfigured

TIMEOUT_S = 20
_NAME = "BREAKWATER_MAIL_URL"
_PORTS = {"smtp": 587, "smtps": 465}
_THIS_MACHINE = {"127.0.0.1", "::1", "localhost"}


@dataclass(frozen=True)
class Post:
    """Where mail goes. folder: of .eml files, or None for the server at host:port."""

    host: str = ""
    port: int = 0
    user: str = ""
    password: str = field(default="", repr=False)
    tls: str = "no"  # "no", "starttls", "from_start"
    folder: Path | None = None


def parsed(url: str) -> Post | None:
    """None when there is no mail (an empty setting). Raises: Misconfigured with the mend."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise _wrong("The port is a number from 1 to 65535.") from error
    if parts.scheme == "file":
        return Post(folder=_folder(parts))
    if parts.scheme not in _PORTS:
        raise _wrong("It begins with smtp://, smtps:// or file:///.")
    if not parts.hostname:
        raise _wrong("The mail server's name is missing, as in smtp://mail.example.org:587.")
    return Post(
        host=parts.hostname,
        port=port or _PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=_tls(parts),
    )


def set_up() -> bool:
    """Whether this installation sends mail."""
    return bool(settings.MAIL_URL)


class Backend(BaseEmailBackend):
    """Django's way to our mail (settings.EMAIL_BACKEND). Without mail, nothing is sent: 0."""

    def __init__(self, fail_silently: bool = False, **_options: Any) -> None:
        super().__init__(fail_silently=fail_silently)
        self._inner = _inner(parsed(settings.MAIL_URL), fail_silently=fail_silently)

    def open(self) -> bool | None:
        return self._inner.open() if self._inner else None

    def close(self) -> None:
        if self._inner:
            self._inner.close()

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        return self._inner.send_messages(email_messages) if self._inner else 0


class FolderBackend(BaseEmailBackend):
    """Writes each mail to a file of its own, whole or not at all."""

    def __init__(self, folder: Path, *, fail_silently: bool = False) -> None:
        super().__init__(fail_silently=fail_silently)
        self._folder = folder

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for message in email_messages:
            name = f"{len(list(self._folder.glob('*.eml'))):06}-{secrets.token_hex(4)}.eml"
            fresh = self._folder / f".{name}.{os.getpid()}"
            fresh.write_bytes(message.message().as_bytes())
            fresh.replace(self._folder / name)
        return len(email_messages)


def _inner(post: Post | None, *, fail_silently: bool) -> BaseEmailBackend | None:
    if post is None:
        return None
    if post.folder is not None:
        return FolderBackend(post.folder, fail_silently=fail_silently)
    return SmtpBackend(
        host=post.host,
        port=post.port,
        username=post.user,
        password=post.password,
        use_tls=post.tls == "starttls",
        use_ssl=post.tls == "from_start",
        timeout=TIMEOUT_S,
        fail_silently=fail_silently,
    )


def _tls(parts: SplitResult) -> str:
    if parts.scheme == "smtps":
        return "from_start"
    default = "no" if parts.hostname in _THIS_MACHINE else "yes"
    asked = parse_qs(parts.query).get("tls", [default])[-1].lower()
    if asked not in ("yes", "no"):
        raise _wrong("tls is yes or no, as in smtp://mail.example.org:587?tls=yes.")
    return "starttls" if asked == "yes" else "no"


def _folder(parts: SplitResult) -> Path:
    path = Path(unquote(parts.path))
    if parts.netloc or not path.is_absolute() or path == Path("/"):
        raise _wrong("A folder is given in full, with three strokes: file:///path/to/folder.")
    return path


def _wrong(what: str) -> Misconfigured:
    return Misconfigured(_NAME, f"Mend {_NAME}. {what}")
