"""What a Page does to comments and people, and where its pushes go."""

import json

from breakwater.domain.errors import Refused, Unsupported
from breakwater.networks.base import Act, Deed, Sent
from breakwater.networks.facebook.calls import Node, Page, listed
from breakwater.networks.facebook.inbound import Reader
from breakwater.networks.graph import follow

PUSHED = ("feed", "mention", "messages", "message_echoes", "ratings", "live_videos")
"""Fields of a Page that are pushed to us."""


async def act(page: Page, act: Act) -> Sent:
    """All of these can be repeated: what is done already stays done."""
    graph, target = page.graph, page.plain(act.target)
    match act.deed:
        case Deed.LIKE:
            await graph.post(f"{target}/likes", safe=True)
        case Deed.UNLIKE:
            await _gone(page, f"{target}/likes")
        case Deed.HIDE | Deed.UNHIDE:
            hidden = "true" if act.deed is Deed.HIDE else "false"
            await graph.post(target, safe=True, is_hidden=hidden)
        case Deed.WITHDRAW | Deed.RESTORE | Deed.PIN | Deed.UNPIN:
            await _own_post(page, act)
        case Deed.REMOVE:
            await _gone(page, target)
        case Deed.BLOCK:
            await graph.post(f"{page.id}/blocked", safe=True, user=json.dumps([target]))
        case Deed.UNBLOCK:
            await _gone(page, f"{page.id}/blocked", user=target)
        case _:
            raise Unsupported(f"a Page cannot {act.deed}")
    return Sent("")


async def acted(page: Page, reader: Reader, act: Act) -> bool:
    """Whether it is so now."""
    node, target = page.node(act.target)
    if act.deed in (Deed.BLOCK, Deed.UNBLOCK):
        answer = await page.graph.get(f"{page.id}/blocked", user=target)
        return bool(listed(answer, "data")) is (act.deed is Deed.BLOCK)
    if act.deed is Deed.REMOVE:
        return await reader.read(act.target) is None
    if act.deed in (Deed.WITHDRAW, Deed.RESTORE) and node is Node.POST:
        answer = await page.graph.get(target, fields="is_hidden")
        return bool(answer.get("is_hidden")) is (act.deed is Deed.WITHDRAW)
    if act.deed in (Deed.HIDE, Deed.UNHIDE) and node is Node.COMMENT:
        answer = await page.graph.get(target, fields="is_hidden")
        return bool(answer.get("is_hidden")) is (act.deed is Deed.HIDE)
    if act.deed in (Deed.LIKE, Deed.UNLIKE) and node is Node.COMMENT:
        answer = await page.graph.get(target, fields="user_likes")
        return bool(answer.get("user_likes")) is (act.deed is Deed.LIKE)
    raise Unsupported(f"nobody can see whether a {node} is under {act.deed}")


async def _own_post(page: Page, act: Act) -> None:
    """Hidden from the Page, or kept at its top: `is_hidden` and `is_pinned` of a PagePost (api_specs
    of the business SDK, 2026-04-15). `is_pinned` can be said, and is no field that can be read."""
    node, target = page.node(act.target)
    if node is not Node.POST:
        raise Unsupported(f"a {node} cannot be under {act.deed}")
    so = "true" if act.deed in (Deed.WITHDRAW, Deed.PIN) else "false"
    name = "is_pinned" if act.deed in (Deed.PIN, Deed.UNPIN) else "is_hidden"
    await page.graph.post(target, safe=True, **{name: so})


async def subscribe(page: Page, address: str) -> None:
    """The app's pushes go to `address` (Facebook asks it at once who it is), and this Page's are
    among them. One address for the whole app: saying it again changes nothing.

    Sources: https://developers.facebook.com/docs/graph-api/reference/app/subscriptions and
    …/docs/graph-api/webhooks/getting-started/webhooks-for-pages, 2026-11-28.
    """
    missing = [n for n in ("client_id", "client_secret", "verify_token") if not page.app.get(n)]
    if missing:
        raise Refused("app_keys_missing", f"no {missing}")
    fields = ",".join(PUSHED)
    await page.as_app().post(
        f"{page.app['client_id']}/subscriptions",
        safe=True,
        object="page",
        callback_url=address,
        verify_token=page.app["verify_token"],
        fields=fields,
        include_values="true",
    )
    await follow(page.graph, page.id, page.app["client_id"], PUSHED)


async def _gone(page: Page, path: str, **params: str) -> None:
    try:
        await page.graph.delete(path, **params)
    except Refused as error:
        if error.reason != "not_there":
            raise
