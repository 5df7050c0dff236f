"""The shape of a JSON value, to hold one against another."""

from typing import Any


def differences(ours: Any, theirs: Any, at: str = "$") -> list[str]:
    """Where keys or kinds of value differ. A null fits anything; of lists the first entries count."""
    if ours is None or theirs is None:
        return []
    if _kind(ours) != _kind(theirs):
        return [f"{at}: {_kind(ours)} and not {_kind(theirs)}"]
    if isinstance(ours, dict):
        return _of_objects(ours, theirs, at)
    if isinstance(ours, list) and ours and theirs:
        return differences(ours[0], theirs[0], f"{at}[0]")
    return []


def _of_objects(ours: dict[str, Any], theirs: dict[str, Any], at: str) -> list[str]:
    found = [f"{at}.{key}: only ours" for key in sorted(ours.keys() - theirs.keys())]
    found += [f"{at}.{key}: only theirs" for key in sorted(theirs.keys() - ours.keys())]
    for key in sorted(ours.keys() & theirs.keys()):
        found += differences(ours[key], theirs[key], f"{at}.{key}")
    return found


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    return "number" if isinstance(value, int | float) else type(value).__name__
