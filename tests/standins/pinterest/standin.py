"""A stand-in for Pinterest, on one address for its API, its pages and its upload bucket.

Nothing keeps a pin from being made twice. It imitates: boards and sections, bookmarks, rotation of
refresh tokens, videos that are worked on, uploads whose signature runs out, apps that may not edit
or not publish yet, accounts that are no business.
"""

import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from email.utils import format_datetime
from typing import Any

from tests.standins.base.door import Door
from tests.standins.base.exchange import File, Reply, Request, as_json
from tests.standins.base.tricks import Tricky
from tests.standins.pinterest import described

CLIENT_ID, CLIENT_SECRET = "1512345", "b1e5c0ffee"
REDIRECT = "https://desk.example/channels/pinterest/back"
ANN = "2783136121146311751"
MENUS, SECRET_GARDEN, MAINS = "549755885175", "549755885176", "5258814934636085108"
SCOPES = frozenset({"boards:read", "boards:write", "pins:read", "pins:write", "user_accounts:read"})
_SIZES = ("originals", "1200x", "600x", "400x300", "150x150")


@dataclass
class Pin:
    number: str
    body: dict[str, Any]
    created_at: str
    pictures: list[str] = field(default_factory=list)


@dataclass
class Upload:
    number: str
    key: str
    data: bytes = b""
    ready_s: float = 0.0
    failed: bool = False


class PinterestStandin(Tricky):
    """ann's business account with two boards. slow_s: how long a video is worked on."""

    def __init__(self, origin: str = "https://pinterest.test") -> None:
        super().__init__(origin)
        self.door = Door(
            apps={CLIENT_ID: CLIENT_SECRET}, redirects=(REDIRECT,), signs_in_as=ANN,
            known_scopes=SCOPES, separator=",", lasts=timedelta(days=30), pkce=False,
        )  # fmt: skip
        self.boards = {MENUS: "Menus", SECRET_GARDEN: "The garden"}
        self.sections = {MENUS: {MAINS: "Mains"}, SECRET_GARDEN: {}}
        self.pins: dict[str, Pin] = {}
        self.uploads: dict[str, Upload] = {}
        self.followed = ["moules_frites", "quai_9"]
        self.slow_s, self.fails = 0.0, False
        self.shown: dict[str, str] = {
            "about": "At the quay", "website_url": "https://harbour.example/",
            "profile_image": "https://i.pinimg.example/600x600_R/aa/bb/harbour.jpg",
        }  # fmt: skip
        self.may_edit, self.business, self.trial = True, True, False
        self._last = 999_658_448_514_149_467

    # What a test does

    def connected(self) -> dict[str, str]:
        body = self.door.give(ANN, tuple(sorted(SCOPES)), CLIENT_ID, self.now())
        return {
            "access_token": body["access_token"], "refresh_token": body["refresh_token"],
            "scope": " ".join(sorted(SCOPES)),
        }  # fmt: skip

    # The network

    def handle(self, request: Request) -> Reply:
        path = request.path
        if path == "/oauth/":
            answers = request.method == "POST"
            return (
                self.door.answer_page(request, self.now()) if answers else self.door.page(request)
            )
        if path == "/bucket/":
            return self._take(request)
        if path == "/v5/oauth/token":
            return self._dated(self._token(request))
        return self._dated(self._api(request))

    def held_against(self, request: Request, reply: Reply) -> list[str]:
        return described.violations(request, reply, self.origin)

    def _api(self, request: Request) -> Reply:
        token = self.door.owner(request.bearer, self.now())
        if token is None:
            return refused(401, 2, "Authentication failed.")
        needed = set(described.scopes(request.method, request.path))
        if not needed <= set(token.scopes):
            return refused(403, 29, f"You are not permitted to access that resource: {needed}")
        for pattern, call in self._calls().items():
            verb, _, path = pattern.partition(" ")
            found = re.fullmatch(path, request.path)
            if request.method == verb and found:
                return call(request, *found.groups())
        return refused(404, 404, "no such call")

    def _calls(self) -> dict[str, Callable[..., Reply]]:
        return {
            "GET /v5/user_account": self._account,
            "GET /v5/user_account/analytics": self._account_days,
            "GET /v5/user_account/following": self._following,
            "GET /v5/boards": self._boards,
            r"GET /v5/boards/(\d+)/pins": self._board_pins,
            r"GET /v5/boards/(\d+)/sections": self._sections,
            "POST /v5/media": self._register,
            r"GET /v5/media/(\d+)": self._upload,
            "POST /v5/pins": self._create,
            "GET /v5/pins": self._own_pins,
            r"GET /v5/pins/(\d+)": self._pin,
            r"PATCH /v5/pins/(\d+)": self._edit,
            r"DELETE /v5/pins/(\d+)": self._delete,
            r"GET /v5/pins/(\d+)/analytics": self._pin_days,
        }

    def _token(self, request: Request) -> Reply:
        if request.fields.get("grant_type") == "client_credentials":
            proved = request.headers.get("authorization") == _basic(CLIENT_ID, CLIENT_SECRET)
            if not proved:
                return refused(401, 2, "Authentication failed.")
            body = self.door.give("app", ("user_accounts:read",), CLIENT_ID, self.now())
            body.pop("refresh_token")
            return as_json(body)
        reply = self.door.token(request, self.now())
        if reply.status != 200:
            return refused(reply.status, 283 if reply.status == 400 else 2, "invalid grant")
        ends = round((self.now() + timedelta(days=60)).timestamp())
        more = f', "refresh_token_expires_at": {ends}, "refresh_token_expires_in": 5184000}}'
        return Reply(200, reply.body[:-1] + more.encode(), reply.headers)

    def _account(self, request: Request) -> Reply:
        del request
        kind = "BUSINESS" if self.business else "PINNER"
        return as_json(
            {"id": ANN, "username": "harbour_cafe", "business_name": "Harbour Café",
             "account_type": kind, "follower_count": 1_204, "monthly_views": 163, **self.shown}
        )  # fmt: skip

    def _account_days(self, request: Request) -> Reply:
        if not self.business:
            return refused(403, 403, "Not authorized to access the user account analytics.")
        return as_json({"all": self._days(request)})

    def _pin_days(self, request: Request, number: str) -> Reply:
        if number not in self.pins:
            return refused(404, 404, "Pin not found.")
        return as_json({"all": self._days(request)})

    def _days(self, request: Request) -> dict[str, Any]:
        first = date.fromisoformat(request.args["start_date"])
        last = date.fromisoformat(request.args["end_date"])
        if (self.now().date() - first).days > 90 or last > self.now().date():
            return {"summary_metrics": {}, "daily_metrics": []}
        wanted = request.args["metric_types"].split(",")
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        rows = [
            {
                "date": day.isoformat(),
                "data_status": "PROCESSING" if day == last else "READY",
                "metrics": {name: 10.0 + number for number, name in enumerate(wanted)},
            }
            for day in days
        ]
        return {"summary_metrics": {}, "daily_metrics": rows}

    def _following(self, request: Request) -> Reply:
        return self._page(request, [{"type": "user", "username": name} for name in self.followed])

    def _boards(self, request: Request) -> Reply:
        rows = [{"id": n, "name": name, "privacy": "PUBLIC"} for n, name in self.boards.items()]
        return self._page(request, rows)

    def _sections(self, request: Request, board: str) -> Reply:
        rows = [{"id": n, "name": name} for n, name in self.sections.get(board, {}).items()]
        return self._page(request, rows)

    def _board_pins(self, request: Request, board: str) -> Reply:
        if board not in self.boards:
            return refused(404, 404, "Board not found.")
        pins = [p for p in self._newest() if p.body["board_id"] == board]
        return self._page(request, [self._shown(pin) for pin in pins])

    def _own_pins(self, request: Request) -> Reply:
        return self._page(request, [self._shown(pin) for pin in self._newest()])

    def _create(self, request: Request) -> Reply:
        body = request.fields
        if self.trial:
            return refused(403, 29, "Apps with Trial access may not create Pins in production")
        if body["board_id"] not in self.boards:
            return refused(404, 40, "Board not found.")
        section = body.get("board_section_id")
        if section and section not in self.sections[body["board_id"]]:
            return refused(404, 2031, "Sorry! We couldn't find this board section.")
        pictures = self._pictures(body["media_source"])
        if not pictures:
            return refused(400, 1, "the medium cannot be used")
        self._last += 11
        pin = Pin(str(self._last), body, self.now().strftime("%Y-%m-%dT%H:%M:%S"), pictures)
        self.pins[pin.number] = pin
        return as_json(self._shown(pin), 201)

    def _pictures(self, source: dict[str, Any]) -> list[str]:
        """A digest of each picture, or the address that it is fetched from."""
        if source["source_type"] == "video_id":
            upload = self.uploads.get(source["media_id"])
            usable = upload is not None and self._status(upload) == "succeeded"
            covered = "cover_image_data" in source or "cover_image_key_frame_time" in source
            return [source["media_id"]] if usable and covered else []
        found = source.get("items", [source])
        return [
            one["url"]
            if "url" in one
            else hashlib.sha256(base64.b64decode(one["data"])).hexdigest()
            for one in found
        ]

    def _pin(self, request: Request, number: str) -> Reply:
        pin = self.pins.get(number)
        if pin is None:
            return refused(404, 50, "Pin not found.")
        shown = self._shown(pin)
        if request.args.get("pin_metrics") == "true":
            lifetime = {
                "impression": 240,
                "save": 20,
                "clickthrough": 3,
                "reaction": 12,
                "comment": 2,
            }
            shown["pin_metrics"] = {"90d": {"impression": 100}, "lifetime_metrics": lifetime}
        return as_json(shown)

    def _edit(self, request: Request, number: str) -> Reply:
        if not self.may_edit:
            return refused(403, 29, "You are not permitted to access that resource.")
        if number not in self.pins:
            return refused(404, 50, "Pin not found.")
        self.pins[number].body |= request.fields
        return as_json(self._shown(self.pins[number]))

    def _delete(self, request: Request, number: str) -> Reply:
        del request
        there = self.pins.pop(number, None)
        return Reply(204) if there else refused(404, 50, "Pin not found.")

    def _register(self, request: Request) -> Reply:
        self._last += 11
        upload = Upload(str(self._last), f"uploads/{self._last}:video")
        self.uploads[upload.number] = upload
        fields = {"key": upload.key, "policy": "eyJl==", "x-amz-signature": "fcd6"}
        return as_json(
            {"media_id": upload.number, "media_type": "video",
             "upload_url": f"{self.origin}/bucket/", "upload_parameters": fields}, 201,
        )  # fmt: skip

    def _take(self, request: Request) -> Reply:
        """The bucket: not the network's API, and no token is to be seen here."""
        if "authorization" in request.headers:
            self.violations.append("the bucket was given our token")
        fields = request.fields
        upload = next((u for u in self.uploads.values() if u.key == fields.get("key")), None)
        sent = fields.get("file")
        if upload is None or not isinstance(sent, File) or list(fields)[-1] != "file":
            return Reply(403, b"<Error><Code>AccessDenied</Code></Error>")
        upload.data, upload.failed = sent.data, self.fails
        upload.ready_s = self.now().timestamp() + self.slow_s
        return Reply(204)

    def _upload(self, request: Request, number: str) -> Reply:
        del request
        upload = self.uploads.get(number)
        if upload is None:
            return refused(404, 404, "no such media")
        status = self._status(upload)
        return as_json({"media_id": number, "media_type": "video", "status": status})

    def _status(self, upload: Upload) -> str:
        if not upload.data:
            return "registered"
        if upload.failed:
            return "failed"
        return "succeeded" if self.now().timestamp() >= upload.ready_s else "processing"

    def _newest(self) -> list[Pin]:
        return sorted(self.pins.values(), key=lambda pin: pin.number, reverse=True)

    def _shown(self, pin: Pin) -> dict[str, Any]:
        kept = ("board_id", "board_section_id", "title", "description", "link", "alt_text")
        shown = {name: pin.body.get(name) for name in kept}
        images = [self._images(one) for one in pin.pictures]
        media: dict[str, Any] = {"media_type": "image", "images": images[0]}
        if len(images) > 1:
            items = [{"item_type": "image", "images": one} for one in images]
            media = {"media_type": "multiple_images", "items": items}
        if pin.body["media_source"]["source_type"] == "video_id":
            media = {"media_type": "video", "cover_image_url": images[0]["600x"]["url"]}
        return {
            **shown, "id": pin.number, "created_at": pin.created_at, "media": media,
            "board_owner": {"username": "harbour_cafe"}, "is_owner": True,
        }  # fmt: skip

    def _images(self, picture: str) -> dict[str, Any]:
        name = hashlib.sha256(picture.encode()).hexdigest()[:16]
        return {
            size: {"width": 600, "height": 754, "url": f"{self.origin}/i/{size}/{name}.jpg"}
            for size in _SIZES
        }

    def _page(self, request: Request, rows: list[dict[str, Any]]) -> Reply:
        start, size = int(request.args.get("bookmark") or 0), int(request.args.get("page_size", 25))
        following = str(start + size) if start + size < len(rows) else None
        return as_json({"items": rows[start : start + size], "bookmark": following})

    def _dated(self, reply: Reply) -> Reply:
        headers = {**reply.headers, "date": format_datetime(self.now(), usegmt=True)}
        return Reply(reply.status, reply.body, headers)


def refused(status: int, code: int, message: str) -> Reply:
    return as_json({"code": code, "message": message}, status)


def _basic(name: str, secret: str) -> str:
    return f"Basic {base64.b64encode(f'{name}:{secret}'.encode()).decode()}"
