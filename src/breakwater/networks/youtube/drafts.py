"""A parcel in YouTube's words: the bodies of videos and live events, the same on each try."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from breakwater.domain.errors import Refused
from breakwater.domain.text import over
from breakwater.networks.base import Kind, Medium, Parcel
from breakwater.networks.youtube.forms import CATEGORY, SHORT, SHORT_MOST_S, TAGS_MOST, TITLE_MOST
from breakwater.networks.youtube.manifest import LIMITS, MANIFEST

PRIVACIES = ("public", "unlisted", "private")
LICENCES = ("youtube", "creativeCommon")


def check(parcel: Parcel) -> None:
    """Raises: Refused for what YouTube would not take, before a byte is uploaded."""
    check_words(parcel)
    made_for_kids(parcel)
    privacy(parcel)
    if MANIFEST.form_of(parcel.media, parcel.form) is None:
        raise Refused("media_type", f"{parcel.form or 'no form'} of {len(parcel.media)} media")
    if parcel.form == SHORT:
        _is_short(film(parcel))


def check_words(parcel: Parcel) -> None:
    """The same for the title, the description and the tags."""
    title(parcel)
    tags(parcel)
    _plain(parcel.text)
    if over(parcel.text, LIMITS.text):
        raise Refused("text_too_long", f"{len(parcel.text.encode())} bytes of description")


def film(parcel: Parcel) -> Medium:
    """The one video."""
    return next(one for one in parcel.media if one.kind is Kind.VIDEO)


def title(parcel: Parcel) -> str:
    wanted = _plain(str(parcel.options.get("title") or "").strip())
    if not wanted:
        raise Refused("title_missing")
    if len(wanted) > TITLE_MOST:
        raise Refused("title_too_long", f"{len(wanted)} characters")
    return wanted


def tags(parcel: Parcel) -> list[str]:
    words = [tag.strip() for tag in str(parcel.options.get("tags") or "").split(",")]
    wanted = [_plain(tag) for tag in words if tag]
    if sum(len(tag) + 2 * (" " in tag) for tag in wanted) + max(0, len(wanted) - 1) > TAGS_MOST:
        raise Refused("tags_too_long", f"{len(wanted)} tags")
    return wanted


def privacy(parcel: Parcel) -> str:
    """What the commit call makes of it."""
    wanted = str(parcel.options.get("privacy") or "public")
    if wanted not in PRIVACIES:
        raise Refused("option_unknown", f"privacy {wanted!r}")
    return wanted


def made_for_kids(parcel: Parcel) -> bool:
    answer = str(parcel.options.get("kids") or "")
    if answer not in ("yes", "no"):
        raise Refused("kids_missing")
    return answer == "yes"


def flag(parcel: Parcel, name: str, default: bool = False) -> bool:
    said = parcel.options.get(name, default)
    return said if isinstance(said, bool) else str(said).lower() in ("yes", "true", "on", "1")


def snippet(parcel: Parcel) -> dict[str, Any]:
    """Everything that can be changed of it: what is left out of an update is emptied there."""
    language = {"defaultLanguage": parcel.language} if parcel.language else {}
    return {
        "title": title(parcel),
        "description": parcel.text,
        "tags": tags(parcel),
        "categoryId": str(parcel.options.get("category") or CATEGORY),
        **language,
    }


def status(parcel: Parcel, shown: str) -> dict[str, Any]:
    """shown: the privacy. All of it each time: what is left out of an update is reset there."""
    licence = str(parcel.options.get("license") or LICENCES[0])
    if licence not in LICENCES:
        raise Refused("option_unknown", f"license {licence!r}")
    return {
        "privacyStatus": shown,
        "selfDeclaredMadeForKids": made_for_kids(parcel),
        "containsSyntheticMedia": flag(parcel, "synthetic"),
        "license": licence,
        "embeddable": True,
    }


def broadcast(parcel: Parcel) -> dict[str, Any]:
    """A live event that nobody but the channel sees yet."""
    ends = moment(parcel, "ends")
    return {
        "snippet": {
            "title": title(parcel),
            "description": parcel.text,
            "scheduledStartTime": moment(parcel, "starts"),
            **({"scheduledEndTime": ends} if ends else {}),
        },
        "status": broadcast_status(parcel, "private"),
        "contentDetails": {
            "enableAutoStart": flag(parcel, "starts_itself"),
            "enableAutoStop": flag(parcel, "starts_itself"),
        },
    }


def broadcast_status(parcel: Parcel, shown: str) -> dict[str, Any]:
    return {"privacyStatus": shown, "selfDeclaredMadeForKids": made_for_kids(parcel)}


def moment(parcel: Parcel, name: str) -> str:
    """The option's instant as RFC 3339 in UTC, "" where it has none."""
    typed = str(parcel.options.get(name) or "")
    if not typed:
        return ""
    try:
        value = datetime.fromisoformat(typed)
    except ValueError as error:
        raise Refused("time_without_zone", f"{name}: {typed!r}") from error
    if value.tzinfo is None:
        raise Refused("time_without_zone", f"{name}: {typed!r}")
    return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _plain(text: str) -> str:
    if "<" in text or ">" in text:
        raise Refused("angle_brackets", text[:80])
    return text


def _is_short(video: Medium) -> None:
    facts: Mapping[str, bool] = {
        "wider than high": video.width > video.height,
        "longer than three minutes": video.length_ms > SHORT_MOST_S * 1000,
    }
    if wrong := [name for name, is_so in facts.items() if is_so]:
        raise Refused("not_short", ", ".join(wrong))
