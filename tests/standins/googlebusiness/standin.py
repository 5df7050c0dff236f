"""A small Google Business Profile: one person, two places, their posts, reviews and hours."""

import itertools
import json
from datetime import date
from pathlib import Path
from typing import Any

from tests.standins.base.exchange import Reply, Request, as_json
from tests.standins.base.fetching import fetched
from tests.standins.google.discovery import Discovery
from tests.standins.google.standin import GoogleStandin, error

SCOPE = "https://www.googleapis.com/auth/business.manage"
ACCOUNT = "accounts/1"
QUAY, MARKET = "locations/2", "locations/3"
PLACE = f"{ACCOUNT}/{QUAY}"
_HERE = Path(__file__)
_PAGE = 3
_EMPTY = as_json({})


class BusinessStandin(GoogleStandin):
    """posts, reviews: by name. places: by v1 name. next_state: of the next post. pending: changes
    of hours are looked at first."""

    discovery = Discovery(
        _HERE.with_name("discovery.trimmed.json"), _HERE.with_name("v4.written.json")
    )

    def __init__(self, origin: str = "https://business.test") -> None:
        super().__init__(origin, frozenset({SCOPE}), "ann")
        self.posts: dict[str, dict[str, Any]] = {}
        self.reviews: dict[str, dict[str, Any]] = {}
        self.places = {
            name: {
                "name": name, "title": title, "storefrontAddress": {"locality": "Lorient"},
                "metadata": {"mapsUri": f"https://maps.google.com/?cid={name[-1]}"},
                "profile": {"description": "At the quay"}, "websiteUri": "https://harbour.example/",
                "phoneNumbers": {"primaryPhone": "02 97 00 00 00"},
            }
            for name, title in ((QUAY, "Harbour Café"), (MARKET, "Harbour Market"))
        }  # fmt: skip
        self.next_state = "LIVE"
        self.verified = True
        self.pending = False
        self._numbers = itertools.count(1)

    def review(self, stars: str, text: str = "", who: str = "Eve") -> str:
        """Somebody's review of the quay."""
        name = f"{PLACE}/reviews/r{next(self._numbers)}"
        self.reviews[name] = {
            "name": name, "reviewId": name.rpartition("/")[2], "starRating": stars,
            "reviewer": {"displayName": who, "profilePhotoUrl": "https://lh3.example/p"},
            "createTime": self.stamp(), "updateTime": self.stamp(),
            **({"comment": text} if text else {}),
        }  # fmt: skip
        return name

    def stamp(self) -> str:
        return self.now().strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    # What a network does

    def is_described(self, request: Request) -> bool:
        return request.path.startswith(("/v4/", "/v1/"))

    def api(self, request: Request) -> Reply:
        method = self.discovery.method(request)
        if method is None:
            return error(404, "notFound", "Not Found", "NOT_FOUND")
        handlers = {
            "mybusiness.localPosts.create": self._create,
            "mybusiness.localPosts.list": self._list_posts,
            "mybusiness.localPosts.get": self._get_post,
            "mybusiness.localPosts.patch": self._patch_post,
            "mybusiness.localPosts.delete": self._delete_post,
            "mybusiness.reviews.list": self._list_reviews,
            "mybusiness.reviews.get": self._get_review,
            "mybusiness.reviews.updateReply": self._update_reply,
            "mybusiness.reviews.deleteReply": self._delete_reply,
            "mybusinessaccountmanagement.accounts.list": self._accounts,
            "mybusinessbusinessinformation.accounts.locations.list": self._list_places,
            "mybusinessbusinessinformation.locations.get": self._get_place,
            "mybusinessbusinessinformation.locations.patch": self._patch_place,
        }
        return handlers.get(method["id"], self._performance)(request)

    def _create(self, request: Request) -> Reply:
        body = json.loads(request.body)
        if refusal := self._refusal(body):
            return refusal
        name = f"{_name(request)}/p{next(self._numbers)}"
        self.posts[name] = {
            **body, "name": name, "state": self.next_state, "createTime": self.stamp(),
            "updateTime": self.stamp(), "searchUrl": f"https://local.google.com/place?id={name[-1]}",
        }  # fmt: skip
        return as_json(self.posts[name])

    def _refusal(self, body: dict[str, Any]) -> Reply | None:
        if not self.verified:
            return error(400, "LOCATION_NOT_VERIFIED", "not verified", "FAILED_PRECONDITION")
        if body.get("scheduledTime"):
            self.violations.append("a post that the network would publish by itself")
        dated = {"EVENT", "OFFER"}
        wrong = len(body["summary"]) > 1500 or (body["topicType"] in dated and "event" not in body)
        wrong |= any(not fetched(m["sourceUrl"]) for m in body.get("media", ()))
        return error(400, "badRequest", "Invalid", "INVALID_ARGUMENT") if wrong else None

    def _list_posts(self, request: Request) -> Reply:
        """In the order in which they were made: the reference promises none."""
        return as_json(_page(request, "localPosts", list(self.posts.values())))

    def _get_post(self, request: Request) -> Reply:
        return _found(self.posts.get(_name(request)))

    def _patch_post(self, request: Request) -> Reply:
        post = self.posts.get(_name(request))
        if post is not None:
            body = json.loads(request.body)
            mask = request.args["updateMask"].split(",")
            post |= {name: body[name] for name in mask if name in body}
        return _found(post)

    def _delete_post(self, request: Request) -> Reply:
        return _EMPTY if self.posts.pop(_name(request), None) else _found(None)

    def _list_reviews(self, request: Request) -> Reply:
        rows = sorted(self.reviews.values(), key=lambda row: str(row["updateTime"]), reverse=True)
        return as_json(_page(request, "reviews", rows))

    def _get_review(self, request: Request) -> Reply:
        return _found(self.reviews.get(_name(request)))

    def _update_reply(self, request: Request) -> Reply:
        review = self.reviews.get(_name(request).removesuffix("/reply"))
        if review is None:
            return _found(None)
        comment = json.loads(request.body)["comment"]
        review["reviewReply"] = {"comment": comment, "updateTime": self.stamp()}
        return as_json(review["reviewReply"])

    def _delete_reply(self, request: Request) -> Reply:
        review = self.reviews.get(_name(request).removesuffix("/reply"), {})
        return _EMPTY if review.pop("reviewReply", None) else _found(None)

    def _accounts(self, request: Request) -> Reply:
        one = {"name": ACCOUNT, "accountName": "Ann", "type": "PERSONAL"}
        return as_json({"accounts": [one]})

    def _list_places(self, request: Request) -> Reply:
        return as_json({"locations": [_masked(one, request) for one in self.places.values()]})

    def _get_place(self, request: Request) -> Reply:
        place = self.places.get(_name(request))
        return _found(_masked(place, request) if place else None)

    def _patch_place(self, request: Request) -> Reply:
        """Google leaves zeros out (proto3 as JSON) and needs regular hours beside special ones."""
        place, body = self.places[_name(request)], json.loads(request.body)
        mask = request.args["updateMask"].split(",")
        if "specialHours" in mask and "regularHours" not in {*place, *mask}:
            word = "SPECIAL_HOURS_SET_WITHOUT_REGULAR_HOURS"
            return error(400, word, "no regular hours", "INVALID_ARGUMENT")
        changed = {name: _without_zeros(body[name]) for name in mask}
        if self.pending:
            place["metadata"] = {**place["metadata"], "hasPendingEdits": True}
        else:
            place |= changed
        return as_json({**place, **changed})

    def _performance(self, request: Request) -> Reply:
        """Two days, the last of which is not known yet."""
        end = date(
            *(int(request.args[f"dailyRange.endDate.{p}"]) for p in ("year", "month", "day"))
        )
        days = [{"year": end.year, "month": end.month, "day": end.day}]
        before = date.fromordinal(end.toordinal() - 1)
        days.insert(0, {"year": before.year, "month": before.month, "day": before.day})
        names = [
            pair.partition("=")[2] for pair in request.query.split("&") if "dailyMetrics=" in pair
        ]
        series = [
            {"dailyMetric": name, "timeSeries": {"datedValues": [
                {"date": days[0], "value": "5"}, {"date": days[1]},
            ]}}
            for name in names
        ]  # fmt: skip
        return as_json({"multiDailyMetricTimeSeries": [{"dailyMetricTimeSeries": series}]})


def _name(request: Request) -> str:
    return request.path.partition("/")[2].partition("/")[2]


def _found(row: dict[str, Any] | None) -> Reply:
    if row is None:
        return error(404, "notFound", "Requested entity was not found.", "NOT_FOUND")
    return as_json(row)


def _masked(place: dict[str, Any], request: Request) -> dict[str, Any]:
    mask = request.args["readMask"].split(",")
    return {name: place[name] for name in mask if name in place}


def _page(request: Request, items: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    start = int(request.args.get("pageToken", "0"))
    following = {"nextPageToken": str(start + _PAGE)} if start + _PAGE < len(rows) else {}
    return {items: rows[start : start + _PAGE], **following}


def _without_zeros(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_zeros(one) for name, one in value.items() if one != 0 or one is True}
    return [_without_zeros(one) for one in value] if isinstance(value, list) else value
