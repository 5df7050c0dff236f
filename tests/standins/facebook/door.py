"""Facebook Login as its manual has it: a dialog, a code, a short token that is made long."""

from datetime import datetime, timedelta

from tests.standins.base.door import Door
from tests.standins.base.exchange import Reply, Request, as_json
from tests.standins.facebook.state import State, Token, Wrong

CLIENT_ID, CLIENT_SECRET = "1234567890", "app-secret"
VERIFY_TOKEN = "a long random text"
REDIRECT = "https://desk.example/channels/oauth/back"
SCOPES = (
    "pages_manage_ads", "pages_manage_engagement", "pages_manage_metadata", "pages_manage_posts",
    "pages_messaging", "pages_read_engagement", "pages_read_user_content", "pages_show_list",
    "publish_video", "read_insights",
)  # fmt: skip
SHORT, LONG, DATA = timedelta(hours=2), timedelta(days=60), timedelta(days=90)


def door(person: str) -> Door:
    return Door(
        apps={CLIENT_ID: CLIENT_SECRET},
        redirects=(REDIRECT,),
        signs_in_as=person,
        known_scopes=frozenset(SCOPES),
        separator=",",
        refreshes=False,
        pkce=False,
    )


def token(request: Request, state: State, codes: Door, now: datetime) -> Reply:
    """A code for a short token, a short one for a long one, the keys for the app's own."""
    asked = {**request.args, **{k: str(v) for k, v in request.fields.items()}}
    if asked.get("client_id") != CLIENT_ID:
        raise Wrong(101, "Error validating application. Cannot get application info.")
    if asked.get("client_secret") != CLIENT_SECRET:
        raise Wrong(1, "Error validating client secret.")
    grant = asked.get("grant_type", "")
    if grant == "client_credentials":
        return as_json({"access_token": f"{CLIENT_ID}|{CLIENT_SECRET}", "token_type": "bearer"})
    if grant == "fb_exchange_token":
        return _made_long(asked.get("fb_exchange_token", ""), state, now)
    code = codes.codes.pop(asked.get("code", ""), None)
    if code is None or code.ends_at <= now:
        raise Wrong(100, "This authorization code has been used.", 36009)
    if code.redirect_uri != asked.get("redirect_uri"):
        raise Wrong(100, "Error validating verification code.", 36008)
    word = state.give(Token(code.person, code.scopes, now + SHORT))
    return as_json({"access_token": word, "token_type": "bearer", "expires_in": 7200})


def about(request: Request, state: State, now: datetime) -> Reply:
    """What debug_token says of `input_token`, to the app alone."""
    if request.args.get("access_token") != f"{CLIENT_ID}|{CLIENT_SECRET}":
        raise Wrong(100, "You must provide an app access token")
    found = state.tokens.get(request.args.get("input_token", ""))
    if found is None:
        return as_json({"data": {"is_valid": False, "scopes": []}})
    ends = int(found.ends_at.timestamp()) if found.ends_at else 0
    return as_json(
        {
            "data": {
                "app_id": CLIENT_ID,
                "is_valid": not found.ends_at or found.ends_at > now,
                "expires_at": ends,
                "data_access_expires_at": int((now + DATA).timestamp()),
                "scopes": list(found.scopes),
                "user_id": found.of,
            }
        }
    )


def _made_long(short: str, state: State, now: datetime) -> Reply:
    found = state.tokens.get(short)
    if found is None or (found.ends_at and found.ends_at <= now):
        raise Wrong(190, "Error validating access token: Session has expired", 463)
    word = state.give(Token(found.of, found.scopes, now + LONG, lasts=True))
    return as_json({"access_token": word, "token_type": "bearer", "expires_in": 5184000})
