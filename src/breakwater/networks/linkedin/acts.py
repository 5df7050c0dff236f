"""What is done to a post or a comment: like it, or take a comment away.

Source: https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/
reactions-api and comments-api, read 2026-11-28. There is no way to hide, mute, block or report.
"""

import httpx

from breakwater.domain.errors import Refused, Unsupported
from breakwater.networks.base import Account, Act, Deed, Sent
from breakwater.networks.linkedin import urns
from breakwater.networks.linkedin.api import Api
from breakwater.networks.linkedin.errors import refusal


async def do(api: Api, account: Account, act: Act) -> Sent:
    """It is done, or was already."""
    me = urns.path(account.remote_id)
    if act.deed is Deed.LIKE:
        wish = {"root": act.target, "reactionType": "LIKE"}
        if not await done(api, account, act):
            await api.send("POST", f"/rest/reactions?actor={me}", wish, safe=True)
        return Sent(act.target)
    if act.deed is Deed.UNLIKE:
        await _gone(api, _reaction(account, act))
        return Sent(act.target)
    if act.deed is Deed.REMOVE:
        about, number = urns.parts(act.target)
        about = about or act.about
        await _gone(api, f"/rest/socialActions/{urns.path(about)}/comments/{number}?actor={me}")
        return Sent(act.target)
    raise Unsupported(f"no way to {act.deed}")


async def done(api: Api, account: Account, act: Act) -> bool:
    """Whether it is so now."""
    if act.deed in (Deed.LIKE, Deed.UNLIKE):
        there = await _there(api, _reaction(account, act))
        return there is (act.deed is Deed.LIKE)
    if act.deed is Deed.REMOVE:
        about, number = urns.parts(act.target)
        path = f"/rest/socialActions/{urns.path(about or act.about)}/comments/{number}"
        return not await _there(api, path)
    raise Unsupported(f"no way to see whether {act.deed} was done")


async def _there(api: Api, path: str) -> bool:
    answer = await api.ask(path)
    if answer.status_code == httpx.codes.NOT_FOUND:
        return False
    if not answer.is_success:
        raise refusal(answer, safe=True)
    return True


async def _gone(api: Api, path: str) -> None:
    try:
        await api.send("DELETE", path, method="DELETE", safe=True)
    except Refused as error:
        if error.reason != "not_there":
            raise


def _reaction(account: Account, act: Act) -> str:
    actor, entity = urns.path(account.remote_id), urns.path(act.target)
    return f"/rest/reactions/(actor:{actor},entity:{entity})"
