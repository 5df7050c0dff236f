"""Entities in the shape of the recorded ones: same keys, same kinds of value."""

import copy
import html
import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from tests.standins.mastodon.recorded import recorded
from tests.standins.mastodon.state import App, Media, Person, State, Status

MAX_CHARACTERS = 500
RESERVED_PER_URL = 23
MAX_MEDIA = 4
DESCRIPTION_LIMIT = 1500
IMAGE_SIZE_LIMIT = 16_777_216

_TOKEN = re.compile(
    r"(?P<url>https?://[^\s<>\"]+[^\s<>\".,;:!?')\]])|(?P<tag>(?<!\w)#\w+)"
    r"|(?P<mention>(?<![\w/])@\w+(?:@[\w.:-]*\w)?)"
)


def _like(name: str) -> dict[str, Any]:
    return copy.deepcopy(recorded(name)["response"]["body"])


def account(person: Person, origin: str, state: State) -> dict[str, Any]:
    """A person, as others see them."""
    made: dict[str, Any] = _like("status_post")["account"]
    return made | _account_facts(person, origin, state)


def credential_account(person: Person, origin: str, state: State) -> dict[str, Any]:
    return _like("verify_credentials") | _account_facts(person, origin, state)


def _account_facts(person: Person, origin: str, state: State) -> dict[str, Any]:
    picture = f"{origin}/avatars/original/missing.png"
    return {
        "id": person.id,
        "username": person.username,
        "acct": person.username,
        "display_name": person.name,
        "note": "",
        "url": f"{origin}/@{person.username}",
        "uri": f"{origin}/ap/users/{person.id}",
        "avatar": picture,
        "avatar_static": picture,
        "header": picture,
        "header_static": picture,
        "statuses_count": len(state.own(person)),
        "followers_count": person.followers,
    }


def status(post: Status, origin: str, state: State, person: Person | None = None) -> dict[str, Any]:
    """A status, as `person` sees it."""
    answered = state.statuses.get(post.in_reply_to or "")
    url = f"{origin}/@{post.person.username}/{post.id}"
    return _like("status_post") | {
        "id": post.id,
        "created_at": shown(post.created_at),
        "in_reply_to_id": post.in_reply_to,
        "in_reply_to_account_id": answered.person.id if answered else None,
        "replies_count": sum(one.in_reply_to == post.id for one in state.statuses.values()),
        "favourites_count": len(post.favourites),
        "favourited": person is not None and person.id in post.favourites,
        "pinned": post.pinned,
        "edited_at": shown(state.moment()) if post.edits else None,
        "quote": _quote(post, origin, state),
        "sensitive": post.sensitive,
        "spoiler_text": post.warning,
        "visibility": post.visibility,
        "language": post.language,
        "uri": f"{origin}/ap/users/{post.person.id}/statuses/{post.id}",
        "url": url,
        "content": to_html(post.text, origin, state),
        "reblog": _like("status_post") if post.is_boost else None,
        "application": {"name": "Breakwater", "website": None},
        "account": account(post.person, origin, state),
        "media_attachments": [media(item, origin) for item in post.media],
        "mentions": _mentions(post.text, origin, state),
        "tags": [
            {"name": found["tag"][1:].lower(), "url": f"{origin}/tags/{found['tag'][1:].lower()}"}
            for found in _TOKEN.finditer(post.text)
            if found["tag"]
        ],
    }


def may_see(post: Status, person: Person | None, origin: str, state: State) -> bool:
    if post.visibility not in ("private", "direct") or post.person is person:
        return True
    return person is not None and person.username in named(post.text, origin, state)


def named(text: str, origin: str, state: State) -> list[str]:
    """Usernames of our own people whom a text names."""
    return [m["username"] for m in _mentions(text, origin, state) if "@" not in m["acct"]]


def _quote(post: Status, origin: str, state: State) -> dict[str, Any] | None:
    quoted = state.statuses.get(post.quoting or "")
    if quoted is None:
        return None
    return {"state": "accepted", "quoted_status": status(quoted, origin, state)}


def deleted_status(post: Status, origin: str, state: State) -> dict[str, Any]:
    """The source comes back in place of the page (for "delete and write again")."""
    made = status(post, origin, state)
    del made["content"]
    return made | {"text": post.text}


def media(item: Media, origin: str) -> dict[str, Any]:
    url = f"{origin}/system/media_attachments/{item.id}"
    return _like("media_image") | {
        "id": item.id,
        "type": "video" if item.mime.startswith("video/") else "image",
        "url": None if item.polls_left else url,
        "preview_url": url,
        "description": item.description,
    }


def application(app: App, number: str) -> dict[str, Any]:
    return _like("app_create") | {
        "id": number,
        "name": app.name,
        "scopes": list(app.scopes),
        "redirect_uris": list(app.redirect_uris),
        "redirect_uri": "\n".join(app.redirect_uris),
        "client_id": app.client_id,
        "client_secret": app.client_secret,
    }


def instance(version: str, origin: str) -> dict[str, Any]:
    """The description of the instance: with the limits of a fresh Mastodon."""
    made = _like(f"instance_{version}")
    made["domain" if version == "v2" else "uri"] = origin.partition("://")[2]
    configuration = made["configuration"]
    configuration["statuses"]["max_characters"] = MAX_CHARACTERS
    streaming = origin.replace("http", "ws", 1)
    if version == "v2":
        configuration["urls"]["streaming"] = streaming
        configuration["media_attachments"]["description_limit"] = DESCRIPTION_LIMIT
    return made


def shown(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def to_html(text: str, origin: str, state: State) -> str:
    """`text` as a real one shows it: paragraphs, shortened links, mentions without a host."""
    paragraphs = re.split(r"\n{2,}", text.strip())
    inner = [_TOKEN.sub(lambda m: _link(m, origin, state), _escaped(p)) for p in paragraphs]
    return "".join(f"<p>{p.replace(chr(10), '<br />')}</p>" for p in inner if p)


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)


def _link(found: re.Match[str], origin: str, state: State) -> str:
    word = found[0]
    if found["tag"]:
        name = word[1:]
        url = f"{origin}/tags/{name.lower()}"
        return f'<a href="{url}" class="mention hashtag" rel="tag">#<span>{name}</span></a>'
    if found["mention"]:
        known = _profile(word, origin, state)
        name = _acct(word, origin).partition("@")[0]
        return (
            f'<span class="h-card" translate="no"><a href="{known}" class="u-url mention">'
            f"@<span>{name}</span></a></span>"
            if known
            else word
        )
    prefix = re.match(r"https?://(?:www\.)?", word)
    shown_from = prefix.end() if prefix else 0
    middle, rest = word[shown_from : shown_from + 30], word[shown_from + 30 :]
    return (
        f'<a href="{word}" target="_blank" rel="nofollow noopener" translate="no">'
        f'<span class="invisible">{word[:shown_from]}</span>'
        f'<span class="{"ellipsis" if rest else ""}">{middle}</span>'
        f'<span class="invisible">{rest}</span></a>'
    )


def _profile(word: str, origin: str, state: State) -> str:
    name, _, host = _acct(word, origin).partition("@")
    if host:
        return f"https://{host}/@{name}"
    return f"{origin}/@{name}" if name in state.people else ""


def _acct(word: str, origin: str) -> str:
    """A name as the API gives it: small letters, and without a host when the host is its own."""
    name, _, host = word[1:].lower().partition("@")
    return f"{name}@{host}" if host and host != urlsplit(origin).netloc else name


def _mentions(text: str, origin: str, state: State) -> list[dict[str, str]]:
    found = []
    for match in _TOKEN.finditer(text):
        word = match["mention"]
        if word and (url := _profile(word, origin, state)):
            acct = _acct(word, origin)
            name = acct.partition("@")[0]
            known = state.people.get(acct)
            person_id = known.id if known else "1"
            found.append({"id": person_id, "username": name, "url": url, "acct": acct})
    return found
