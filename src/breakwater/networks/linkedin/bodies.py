"""What is sent for a parcel: a post or a comment. Pure: the same parcel gives the same body."""

from collections.abc import Mapping, Sequence
from typing import Any

from breakwater.domain.errors import Refused, TryLater
from breakwater.domain.text import over
from breakwater.networks.base import Handle, Kind, Medium, Parcel
from breakwater.networks.linkedin import forms, urns
from breakwater.networks.linkedin.little import commentary
from breakwater.networks.linkedin.manifest import MANIFEST

_TRUE = (True, "true", "True", "1", "on", "yes")
_ANSWERS = (2, 4)
_ANSWER_LENGTH = 30


def checked(parcel: Parcel) -> None:
    """What the network would take and spoil, or refuse after the uploads. Raises: Refused."""
    check_text(parcel.text, comment=bool(parcel.reply_to))
    if parcel.reply_to:
        _check_comment(parcel)
    elif MANIFEST.form_of(parcel.media, parcel.form) is None:
        raise Refused("not_accepted", f"no form {parcel.form!r} with {len(parcel.media)} media")
    if parcel.form == "poll":
        _poll(parcel.options)
    _choice(parcel.options, forms.VISIBILITY, "PUBLIC")


def check_text(text: str, *, comment: bool) -> None:
    """Raises: Refused when it is longer than a post or a comment may be."""
    if over(text, forms.COMMENT if comment else forms.LIMITS.text):
        raise Refused("text_too_long", f"{len(text)} characters")


def post(parcel: Parcel, author: str, handle: Handle) -> dict[str, Any]:
    """The body of POST /rest/posts. Never a time: planning there would escape the wall."""
    content = _content(parcel, handle)
    return {
        "author": author,
        "commentary": commentary(parcel.text),
        "visibility": _choice(parcel.options, forms.VISIBILITY, "PUBLIC"),
        "distribution": {
            "feedDistribution": "MAIN_FEED",
            "targetEntities": [],
            "thirdPartyDistributionChannels": [],
        },
        **({"content": content} if content else {}),
        "lifecycleState": "PUBLISHED",
        "isReshareDisabledByAuthor": parcel.options.get(forms.NO_RESHARE) in _TRUE,
    }


def comment(parcel: Parcel, actor: str, handle: Handle) -> dict[str, Any]:
    """The body of POST /rest/socialActions/{urn}/comments. Comments know no markup."""
    about = urns.parts(parcel.reply_to)[0] or parcel.reply_to
    body: dict[str, Any] = {"actor": actor, "object": about, "message": {"text": parcel.text}}
    if urns.is_comment(parcel.reply_to):
        body["parentComment"] = parcel.reply_to
    if parcel.media:
        body["content"] = [{"entity": {"image": urn}} for urn in _urns(parcel, handle)]
    return body


def _content(parcel: Parcel, handle: Handle) -> dict[str, Any]:
    if parcel.form == "poll":
        return {"poll": _poll(parcel.options)}
    if not parcel.media:
        return _card(parcel, handle)
    named = _urns(parcel, handle)
    if len(named) > 1:
        images = [_media(m, urn, parcel) for m, urn in zip(parcel.media, named, strict=True)]
        return {"multiImage": {"images": images}}
    return {"media": _media(parcel.media[0], named[0], parcel)}


def _media(medium: Medium, urn: str, parcel: Parcel) -> dict[str, str]:
    media = {"id": urn}
    if medium.kind is Kind.PICTURE:
        return media | ({"altText": medium.alt} if medium.alt else {})
    title = str(parcel.options.get(forms.TITLE) or medium.name)
    if medium.kind is Kind.DOCUMENT:
        title = title or "Document"  # the network refuses one without a title
    return media | ({"title": title} if title else {})


def _card(parcel: Parcel, handle: Handle) -> dict[str, Any]:
    card = parcel.card
    if card is None:
        return {}
    article = {"source": card.url, "title": card.title}
    if card.description:
        article["description"] = card.description
    if card.picture:
        thumbnail = handle.get("card") or {}
        if not thumbnail.get("ready"):
            raise _not_prepared()
        article["thumbnail"] = thumbnail["urn"]
    return {"article": article}


def _poll(options: Mapping[str, Any]) -> dict[str, Any]:
    question = str(options.get(forms.QUESTION) or "").strip()
    lines = str(options.get(forms.ANSWERS) or "").splitlines()
    answers = [line.strip() for line in lines if line.strip()]
    least, most = _ANSWERS
    fits = least <= len(answers) <= most and all(len(a) <= _ANSWER_LENGTH for a in answers)
    if not question or not fits:
        raise Refused("poll_wrong", f"{len(answers)} answers")
    return {
        "question": question,
        "options": [{"text": answer} for answer in answers],
        "settings": {"duration": _choice(options, forms.LASTS, "SEVEN_DAYS")},
    }


def _choice(options: Mapping[str, Any], name: str, default: str) -> str:
    chosen = str(options.get(name) or default)
    known = next(option for option in forms.OPTIONS if option.name == name).choices
    if chosen not in dict(known):
        raise Refused("option_unknown", f"{name} {chosen!r}")
    return chosen


def _check_comment(parcel: Parcel) -> None:
    if len(parcel.media) > 1 or any(m.kind is not Kind.PICTURE for m in parcel.media):
        raise Refused("too_many_pictures", "a comment takes one picture")


def _urns(parcel: Parcel, handle: Handle) -> Sequence[str]:
    made = handle.get("media") or ()
    ready = [one["urn"] for one in made if one.get("ready")]
    if [one["sha256"] for one in made] != [m.sha256 for m in parcel.media] or len(ready) != len(
        made
    ):
        raise _not_prepared()
    return ready


def _not_prepared() -> TryLater:
    return TryLater("the media are not uploaded: prepare first")
