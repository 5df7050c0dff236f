"""An OAuth 2 door for stand-ins: consent page, codes with PKCE, tokens that end, refresh tokens
that rotate, revocation. What differs between networks is an argument."""

import base64
import hashlib
import html
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from tests.standins.base.exchange import Reply, Request, as_html, as_json

CODE_LASTS = timedelta(minutes=10)


@dataclass
class Code:
    """Opens one token, once, with the verifier of `challenge` ("" where none was given)."""

    client_id: str
    person: str
    redirect_uri: str
    scopes: tuple[str, ...]
    challenge: str
    ends_at: datetime


@dataclass
class Token:
    """person: whom it stands for. ends_at: None for one that does not end."""

    person: str
    scopes: tuple[str, ...]
    client_id: str
    ends_at: datetime | None = None


@dataclass
class Door:
    """One network's door. apps: client id -> secret. redirects: registered addresses.

    id_name: what the network calls the client's id. separator: between scopes. lasts: of an access
    token (None: for good). refreshes: whether refresh tokens are given; rotates: and whether
    each may be used once. pkce: whether a challenge is needed. signs_in_as: whose page the
    Authorize button is on.
    """

    apps: dict[str, str]
    redirects: tuple[str, ...]
    signs_in_as: str
    known_scopes: frozenset[str]
    id_name: str = "client_id"
    separator: str = " "
    lasts: timedelta | None = timedelta(hours=2)
    refreshes: bool = True
    rotates: bool = True
    pkce: bool = True
    codes: dict[str, Code] = field(default_factory=dict)
    tokens: dict[str, Token] = field(default_factory=dict)
    refresh_tokens: dict[str, Token] = field(default_factory=dict)
    used_refresh_tokens: set[str] = field(default_factory=set)

    def page(self, request: Request) -> Reply:
        """A page with two buttons. What is asked travels on in hidden fields."""
        if problem := self._problem(request.args):
            return as_html(f"<!doctype html><title>Error</title><p>{problem}</p>", 400)
        hidden = "".join(
            f'<input type="hidden" name="{html.escape(k)}" value="{html.escape(v)}">'
            for k, v in request.args.items()
        )
        buttons = "".join(
            f'<button name="answer" value="{answer}">{label}</button>'
            for answer, label in (("authorize", "Authorize"), ("deny", "Deny"))
        )
        return as_html(
            f"<!doctype html><html lang=en><title>Authorize</title><h1>{self.signs_in_as}</h1>"
            f'<form method="post">{hidden}{buttons}</form></html>'
        )

    def answer_page(self, request: Request, now: datetime) -> Reply:
        """Back to the redirect address with a code, or with access_denied."""
        asked = {name: str(value) for name, value in request.fields.items()}
        if problem := self._problem(asked):
            return as_html(f"<p>{problem}</p>", 400)
        back = {"state": asked.get("state", "")}
        if asked.get("answer") == "authorize":
            code = secrets.token_urlsafe(24)
            self.codes[code] = Code(
                asked[self.id_name], self.signs_in_as, asked["redirect_uri"],
                self._split(asked.get("scope", "")), asked.get("code_challenge", ""),
                now + CODE_LASTS,
            )  # fmt: skip
            back["code"] = code
        else:
            back["error"] = "access_denied"
        return Reply(302, headers={"location": f"{asked['redirect_uri']}?{urlencode(back)}"})

    def token(self, request: Request, now: datetime) -> Reply:
        """grant_type authorization_code or refresh_token; the app proves itself in the body or by
        Basic."""
        fields = {**self._basic(request), **{k: str(v) for k, v in request.fields.items()}}
        client_id = fields.get(self.id_name, "")
        if not self._proved(client_id, fields):
            return refused("invalid_client", 401)
        if fields.get("grant_type") == "authorization_code":
            code = self.codes.pop(fields.get("code", ""), None)
            if code is None or not self._opens(code, client_id, fields, now):
                return refused("invalid_grant")
            return as_json(self.give(code.person, code.scopes, client_id, now))
        if fields.get("grant_type") == "refresh_token":
            return self._refreshed(fields.get("refresh_token", ""), client_id, now)
        return refused("unsupported_grant_type")

    def give(
        self, person: str, scopes: tuple[str, ...], client_id: str, now: datetime
    ) -> dict[str, Any]:
        """The body of a token answer; the tokens open from now on."""
        access = secrets.token_urlsafe(32)
        ends = now + self.lasts if self.lasts else None
        self.tokens[access] = Token(person, scopes, client_id, ends)
        body: dict[str, Any] = {
            "access_token": access, "token_type": "bearer", "scope": self.separator.join(scopes),
        }  # fmt: skip
        if self.lasts:
            body["expires_in"] = int(self.lasts.total_seconds())
        if self.refreshes:
            body["refresh_token"] = secrets.token_urlsafe(32)
            self.refresh_tokens[body["refresh_token"]] = Token(person, scopes, client_id)
        return body

    def revoke(self, token: str) -> None:
        self.tokens.pop(token, None)
        self.refresh_tokens.pop(token, None)

    def revoke_all(self) -> None:
        self.tokens.clear()
        self.refresh_tokens.clear()

    def expire_all(self) -> None:
        """Access tokens are at their end; refresh tokens are not."""
        self.tokens.clear()

    def owner(self, token: str, now: datetime) -> Token | None:
        """Whose token it is, while it lasts."""
        found = self.tokens.get(token)
        if found is None or (found.ends_at is not None and found.ends_at <= now):
            return None
        return found

    def _refreshed(self, token: str, client_id: str, now: datetime) -> Reply:
        known = self.refresh_tokens.get(token)
        if known is None or known.client_id != client_id:
            return refused("invalid_grant")
        body = self.give(known.person, known.scopes, client_id, now)
        if self.rotates:
            del self.refresh_tokens[token]
            self.used_refresh_tokens.add(token)
        else:
            self.refresh_tokens.pop(body.pop("refresh_token"), None)
        return as_json(body)

    def _problem(self, asked: dict[str, str]) -> str:
        if asked.get(self.id_name) not in self.apps:
            return "unknown client"
        if asked.get("redirect_uri") not in self.redirects:
            return "the redirect uri is not registered"
        if asked.get("response_type") != "code":
            return "unsupported response type"
        if unknown := set(self._split(asked.get("scope", ""))) - self.known_scopes:
            return f"unknown scopes {sorted(unknown)}"
        challenged = asked.get("code_challenge") and asked.get("code_challenge_method") == "S256"
        return "a code challenge (S256) is needed" if self.pkce and not challenged else ""

    def _proved(self, client_id: str, fields: dict[str, str]) -> bool:
        given = fields.get("client_secret", "")
        return client_id in self.apps and secrets.compare_digest(self.apps[client_id], given)

    def _opens(self, code: Code, client_id: str, fields: dict[str, str], now: datetime) -> bool:
        same = code.client_id == client_id and code.redirect_uri == fields.get("redirect_uri")
        verifier = fields.get("code_verifier", "")
        proved = not code.challenge or challenge(verifier) == code.challenge
        return same and proved and now < code.ends_at

    def _basic(self, request: Request) -> dict[str, str]:
        scheme, _, packed = request.headers.get("authorization", "").partition(" ")
        if scheme != "Basic":
            return {}
        name, _, secret = base64.b64decode(packed).decode().partition(":")
        return {self.id_name: name, "client_secret": secret}

    def _split(self, scopes: str) -> tuple[str, ...]:
        return tuple(one for one in scopes.replace(",", " ").split() if one)


def challenge(verifier: str) -> str:
    """PKCE S256 (RFC 7636 4.2)."""
    hashed = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(hashed).rstrip(b"=").decode()


def refused(word: str, status: int = 400) -> Reply:
    """RFC 6749 5.2."""
    return as_json({"error": word, "error_description": f"refused: {word}"}, status)
