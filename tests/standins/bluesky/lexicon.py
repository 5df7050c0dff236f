"""Is a value what a lexicon promises? https://atproto.com/specs/lexicon, as far as it is used here.

Fields that a lexicon does not know are faults too: what we send must not have any.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import regex

FILE = Path(__file__).with_name("lexicons.trimmed.json")
_FORMATS: Mapping[str, str] = {
    "did": r"did:[a-z]+:[a-zA-Z0-9._:%-]+",
    "handle": r"([a-zA-Z0-9-]+\.)+[a-zA-Z]([a-zA-Z0-9-]*[a-zA-Z0-9])?",
    "at-uri": r"at://[a-zA-Z0-9._:%-]+(/[a-zA-Z0-9.-]+(/[a-zA-Z0-9._:~-]+)?)?",
    "cid": r"b[a-z2-7]{58,}",
    "tid": r"[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}",
    "nsid": r"[a-zA-Z]([a-zA-Z0-9-]*\.)+[a-zA-Z][a-zA-Z0-9]*",
    "record-key": r"[a-zA-Z0-9._:~-]{1,512}",
    "language": r"[a-z]{2,3}(-[A-Za-z0-9]+)*",
    "uri": r"[a-z][a-z.-]{0,80}:\S+",
}
_FORMATS = {**_FORMATS, "at-identifier": f"({_FORMATS['did']}|{_FORMATS['handle']})"}
Faults = Iterator[str]


@cache
def definitions() -> Mapping[str, Any]:
    """NSID#name -> definition."""
    known = json.loads(FILE.read_text(encoding="utf-8"))
    return {
        f"{nsid}#{name}": {**one, "home": nsid}
        for nsid, defs in known.items()
        for name, one in defs.items()
    }


def method(nsid: str) -> Mapping[str, Any] | None:
    """The query or procedure of that name."""
    return definitions().get(f"{nsid}#main")


def record(value: Mapping[str, Any], collection: str) -> list[str]:
    """What is wrong with a record."""
    kind = definitions().get(f"{collection}#main")
    if kind is None:
        return [f"{collection} is not in the lexicons"]
    if value.get("$type") != collection:
        return [f"a record of {collection} has $type {value.get('$type')!r}"]
    return list(faults(kind["record"], value, collection, collection))


def faults(kind: Mapping[str, Any], value: Any, home: str, at: str) -> Faults:
    """Sentences. kind: a schema; home: NSID that its #names belong to; at: where the value is."""
    check = _CHECKS.get(kind["type"])
    if check is not None:
        yield from check(kind, value, home, at)


def params(kind: Mapping[str, Any], given: Mapping[str, list[str]], home: str) -> Faults:
    """The query of a call: everything is text, and may be there several times."""
    properties = kind.get("properties", {})
    yield from (f"{home}: unknown parameter {name}" for name in given if name not in properties)
    yield from (
        f"{home}: {name} is missing" for name in kind.get("required", []) if name not in given
    )
    for name, values in given.items():
        schema = properties.get(name)
        if schema is None:
            continue
        if schema["type"] == "array":
            yield from faults(schema, values, home, name)
        else:
            yield from faults(schema, _typed(schema["type"], values[0]), home, name)


def _typed(kind: str, text: str) -> Any:
    if kind == "integer":
        return int(text) if text.lstrip("-").isdigit() else text
    return {"true": True, "false": False}.get(text, text) if kind == "boolean" else text


def _object(kind: Mapping[str, Any], value: Any, home: str, at: str) -> Faults:
    if not isinstance(value, dict):
        yield f"{at} is no object"
        return
    properties, nullable = kind.get("properties", {}), kind.get("nullable", [])
    yield from (f"{at}.{n} is missing" for n in kind.get("required", []) if n not in value)
    for name, inner in value.items():
        if name == "$type" or (inner is None and name in nullable):
            continue
        if name not in properties:
            yield f"{at}.{name} is not in the lexicon"
        else:
            yield from faults(properties[name], inner, home, f"{at}.{name}")


def _array(kind: Mapping[str, Any], value: Any, home: str, at: str) -> Faults:
    if not isinstance(value, list):
        yield f"{at} is no list"
        return
    if not kind.get("minLength", 0) <= len(value) <= kind.get("maxLength", len(value)):
        yield f"{at} has {len(value)} entries"
    for number, inner in enumerate(value):
        yield from faults(kind["items"], inner, home, f"{at}[{number}]")


def _string(kind: Mapping[str, Any], value: Any, home: str, at: str) -> Faults:
    del home
    if not isinstance(value, str):
        yield f"{at} is no text"
        return
    if len(value.encode()) > kind.get("maxLength", len(value.encode())):
        yield f"{at} has {len(value.encode())} bytes"
    if "maxGraphemes" in kind and len(regex.findall(r"\X", value)) > kind["maxGraphemes"]:
        yield f"{at} is longer than {kind['maxGraphemes']}"
    if "enum" in kind and value not in kind["enum"]:
        yield f"{at} is {value!r}"
    if not _formatted(value, kind.get("format", "")):
        yield f"{at} is no {kind['format']}: {value[:80]!r}"


def _formatted(value: str, wanted: str) -> bool:
    if wanted == "datetime":
        try:
            return datetime.fromisoformat(value).tzinfo is not None
        except ValueError:
            return False
    form = _FORMATS.get(wanted)
    return form is None or regex.fullmatch(form, value) is not None


def _integer(kind: Mapping[str, Any], value: Any, home: str, at: str) -> Faults:
    del home
    if not isinstance(value, int) or isinstance(value, bool):
        yield f"{at} is no whole number"
    elif not kind.get("minimum", value) <= value <= kind.get("maximum", value):
        yield f"{at} is {value}"


def _boolean(kind: Mapping[str, Any], value: Any, home: str, at: str) -> Faults:
    del kind, home
    if not isinstance(value, bool):
        yield f"{at} is neither true nor false"


def _blob(kind: Mapping[str, Any], value: Any, home: str, at: str) -> Faults:
    del home
    link = value.get("ref", {}).get("$link") if isinstance(value, dict) else None
    if not isinstance(value, dict) or value.get("$type") != "blob" or not link:
        yield f"{at} is no blob"
        return
    accepted = kind.get("accept", ["*/*"])
    mime, main = str(value.get("mimeType")), str(value.get("mimeType")).partition("/")[0]
    if not {mime, f"{main}/*", "*/*"} & set(accepted):
        yield f"{at} is a {mime}"
    if value.get("size", 0) > kind.get("maxSize", value.get("size", 0)):
        yield f"{at} has {value['size']} bytes"


def _ref(kind: Mapping[str, Any], value: Any, home: str, at: str) -> Faults:
    name = _full(kind["ref"], home)
    found = definitions().get(name)
    if found is not None:
        yield from faults(found, value, found["home"], at)


def _union(kind: Mapping[str, Any], value: Any, home: str, at: str) -> Faults:
    named = value.get("$type") if isinstance(value, dict) else None
    wanted = {_full(ref, home): ref for ref in kind["refs"]}
    name = named if named and "#" in named else f"{named}#main"
    if name not in wanted:
        yield f"{at} is a {named}, none of {sorted(wanted)}"
        return
    yield from _ref({"ref": name}, value, home, at)


def _nothing(kind: Mapping[str, Any], value: Any, home: str, at: str) -> Faults:
    del kind, value, home, at
    yield from ()


def _full(ref: str, home: str) -> str:
    if ref.startswith("#"):
        return home + ref
    return ref if "#" in ref else f"{ref}#main"


_CHECKS: Mapping[str, Callable[[Mapping[str, Any], Any, str, str], Faults]] = {
    "object": _object,
    "array": _array,
    "string": _string,
    "integer": _integer,
    "boolean": _boolean,
    "blob": _blob,
    "ref": _ref,
    "union": _union,
    "unknown": _nothing,
    "token": _nothing,
}
