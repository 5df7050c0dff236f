"""The network "quayside": a consent page, codes with PKCE, and three pages that a sign-in opens."""

import base64
import hashlib
import html
import secrets
from urllib.parse import urlencode

from tests.standins.base.exchange import Reply, Request, as_html, as_json

CLIENT_ID = "quayside-app-1"
CLIENT_SECRET = "canary-quayside-secret-31"
PAGES = {
    "11": ("@lighthouse", "Lighthouse"),
    "12": ("@ferry", "Ferry"),
    "13": ("@fish", "Fish Hall"),
}


class Quayside:
    """asked: the paths of the calls. wanted: the scopes of each consent page that was shown."""

    def __init__(self) -> None:
        self.origin = ""
        self.asked: list[str] = []
        self.wanted: list[str] = []
        self.broken: list[str] = []
        self._codes: dict[str, dict[str, str]] = {}

    def broke(self, why: str) -> None:
        self.broken.append(why)

    def answer(self, request: Request) -> Reply:
        self.asked.append(request.path)
        match (request.method, request.path):
            case ("GET", "/consent"):
                return self._page(request.args)
            case ("GET", "/yes"):
                return self._yes(request.args)
            case ("POST", "/check"):
                return as_json({}, 200 if self._known(request.fields) else 401)
            case ("POST", "/token"):
                return self._token(request.fields)
            case ("POST", "/pages") if request.fields.get("token") == "canary-login-token":
                return as_json({"pages": [_shown(number) for number in PAGES]})
            case ("POST", "/me") if number := _of(request.fields.get("token", "")):
                return as_json(_shown(number))
        return as_json({"error": "no"}, 403)

    def _page(self, args: dict[str, str]) -> Reply:
        self.wanted.append(args["scope"])
        if args["client_id"] != CLIENT_ID:
            return as_html("<!doctype html><title>Unknown app</title>", 400)
        link = html.escape(f"/yes?{urlencode(args)}")
        return as_html(
            '<!doctype html><html lang="en"><title>Quayside</title><h1>Quayside</h1>'
            f'<p>Breakwater asks for: {html.escape(args["scope"])}</p><a href="{link}">Agree</a></html>'
        )

    def _yes(self, args: dict[str, str]) -> Reply:
        code = secrets.token_urlsafe(16)
        self._codes[code] = args
        back = urlencode({"code": code, "state": args["state"]})
        return Reply(302, b"", {"location": f"{args['redirect_uri']}?{back}"})

    def _token(self, fields: dict[str, str]) -> Reply:
        asked = self._codes.pop(fields.get("code", ""), None)
        hashed = hashlib.sha256(fields.get("verifier", "").encode()).digest()
        proof = base64.urlsafe_b64encode(hashed).rstrip(b"=").decode()
        same = asked is not None and asked["redirect_uri"] == fields.get("redirect_uri")
        if asked is None or not same or asked["challenge"] != proof or not self._known(fields):
            return as_json({"error": "invalid_grant"}, 400)
        return as_json({"access_token": "canary-login-token", "scope": asked["scope"]})

    def _known(self, fields: dict[str, str]) -> bool:
        given = (fields.get("client_id"), fields.get("client_secret"))
        return given == (CLIENT_ID, CLIENT_SECRET)


def _shown(number: str) -> dict[str, str]:
    handle, name = PAGES[number]
    return {"id": number, "handle": handle, "name": name, "token": f"canary-page-token-{number}"}


def _of(token: str) -> str:
    number = token.removeprefix("canary-page-token-")
    return number if number in PAGES else ""
