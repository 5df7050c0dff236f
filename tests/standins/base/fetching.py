"""Networks that fetch media themselves: what an address gives them."""

import httpx

_HERE = "http://127.0.0.1:"


def fetched(address: str) -> bool:
    """Whether the address gave something. One on this machine is really asked; of one outside a
    stand-in can only see that it is https."""
    if not address.startswith(_HERE):
        return address.startswith("https://")
    try:
        answer = httpx.get(address, timeout=10)
    except httpx.HTTPError:
        return False
    return answer.status_code == httpx.codes.OK and bool(answer.content)
