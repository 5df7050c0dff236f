"""The door: apps, the page with the Authorize button, tokens with PKCE, revocation."""

import base64
import hashlib
import html
import secrets
from urllib.parse import urlencode

from tests.standins.base.exchange import Reply, Request, as_html, as_json
from tests.standins.mastodon import shapes
from tests.standins.mastodon.state import App, Code, State

CODE_LASTS_S = 600.0


def create_app(request: Request, state: State) -> Reply:
    fields = request.fields
    uris = fields.get("redirect_uris", "")
    app = App(
        client_id=secrets.token_urlsafe(32),
        client_secret=secrets.token_urlsafe(32),
        name=fields.get("client_name", ""),
        redirect_uris=tuple(uris.split() if isinstance(uris, str) else uris),
        scopes=tuple(fields.get("scopes", "read").split()),
    )
    if not app.name or not app.redirect_uris:
        return as_json({"error": "Validation failed: Application name can't be blank"}, 422)
    state.apps[app.client_id] = app
    return as_json(shapes.application(app, str(len(state.apps))))


def page(request: Request, state: State, signed_in_as: str) -> Reply:
    """A page with two buttons. What is asked travels on in hidden fields."""
    args = request.args
    if problem := _problem(args, state):
        return as_html(f"<!doctype html><title>Error</title><p>{problem}</p>", 400)
    app = state.apps[args["client_id"]]
    hidden = "".join(
        f'<input type="hidden" name="{html.escape(k)}" value="{html.escape(v)}">'
        for k, v in args.items()
    )
    return as_html(
        '<!doctype html><html lang="en"><title>Authorization required</title>'
        f"<h1>Authorization required</h1><p><b>{html.escape(app.name)}</b> would like to access "
        f"the account <b>@{html.escape(signed_in_as)}</b>: {html.escape(args['scope'])}</p>"
        f'<form method="post" action="/oauth/authorize">{hidden}'
        '<button name="answer" value="authorize">Authorize</button> '
        '<button name="answer" value="deny">Deny</button></form></html>'
    )


def answer_page(request: Request, state: State, signed_in_as: str) -> Reply:
    """Back to the app: with a code, or with access_denied."""
    fields = request.fields
    if problem := _problem(fields, state):
        return as_html(problem, 400)
    query = {"state": fields["state"]} if "state" in fields else {}
    if fields.get("answer") == "deny":
        query |= {"error": "access_denied", "error_description": "The resource owner denied."}
    else:
        code = secrets.token_urlsafe(32)
        state.codes[code] = Code(
            app=state.apps[fields["client_id"]],
            person=state.people[signed_in_as],
            redirect_uri=fields["redirect_uri"],
            scopes=tuple(fields["scope"].split()),
            challenge=fields.get("code_challenge", ""),
            made_at=state.now(),
        )
        query = {"code": code, **query}
    return Reply(302, b"", {"location": f"{fields['redirect_uri']}?{urlencode(query)}"})


def token(request: Request, state: State) -> Reply:
    fields = request.fields
    app = state.apps.get(fields.get("client_id", ""))
    if app is None or app.client_secret != fields.get("client_secret"):
        return _refusal("invalid_client", 401)
    code = state.codes.pop(fields.get("code", ""), None)
    if code is None or not _opens(code, app, fields, state):
        return _refusal("invalid_grant", 400)
    return as_json(
        {
            "access_token": state.add_token(app, code.person, code.scopes),
            "token_type": "Bearer",
            "scope": " ".join(code.scopes),
            "created_at": int(state.now()),
        }
    )


def revoke(request: Request, state: State) -> Reply:
    fields = request.fields
    app = state.apps.get(fields.get("client_id", ""))
    if app is None or app.client_secret != fields.get("client_secret"):
        return _refusal("unauthorized_client", 403)
    state.tokens.pop(fields.get("token", ""), None)
    return as_json({})


def _opens(code: Code, app: App, fields: dict[str, str], state: State) -> bool:
    return (
        fields.get("grant_type") == "authorization_code"
        and code.app is app
        and code.redirect_uri == fields.get("redirect_uri")
        and state.now() - code.made_at < CODE_LASTS_S
        and code.challenge == challenge(fields.get("code_verifier", ""))
    )


def challenge(verifier: str) -> str:
    """PKCE S256 (RFC 7636 4.2)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _problem(args: dict[str, str], state: State) -> str:
    app = state.apps.get(args.get("client_id", ""))
    if app is None:
        return "Client authentication failed due to unknown client"
    if args.get("redirect_uri") not in app.redirect_uris:
        return "The redirect uri included is not valid"
    if args.get("response_type") != "code":
        return "The authorization server does not support this response type"
    if not set(args.get("scope", "read").split()) <= set(app.scopes):
        return "The requested scope is invalid, unknown, or malformed"
    if args.get("code_challenge_method") != "S256" or not args.get("code_challenge"):
        return "The code challenge method must be S256"
    return ""


def _refusal(word: str, status: int) -> Reply:
    sentence = f"The provided authorization grant or client is invalid ({word})."
    return as_json({"error": word, "error_description": sentence}, status)
