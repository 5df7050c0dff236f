"""Every code that the source names has its sentence, of ours or of the network that gives it."""

import re
from pathlib import Path

from breakwater.channels import installed
from breakwater.core.messages import knows

SOURCE = Path(__file__).resolve().parents[1] / "src" / "breakwater"
_LITERAL = re.compile(
    r"""(?:NotFound|Forbidden|Invalid|StaleState|IllegalMove|Problem|Refused|EgressRefused"""
    r"""|Unsupported)\(\s*"""
    r"""(?:code=)?"([a-z][a-z_]+)\""""
)
_CODE = re.compile(r"""\braise \w+\(\s*code="([a-z_]+)\"""")
_FINDING = re.compile(r"""Finding\(\s*(?:STOP|WARN), "([a-z_]+)\"""")
_NEXT = re.compile(r"""\bNext\("\w+", [^"\n]+, (?:reason or )?"([a-z_]+)\"""")
_ERROR_CLASS = re.compile(r"""^    code = "([a-z_]+)\"""", re.MULTILINE)
_REFUSALS = re.compile(r"""^    \d{3}: "([a-z_]+)",$""", re.MULTILINE)


def _sources() -> list[Path]:
    return [
        path
        for path in SOURCE.rglob("*.py")
        if "tests" not in path.parts and "migrations" not in path.parts
    ]


def _codes() -> dict[str, str]:
    """code -> where it is named."""
    found: dict[str, str] = {}
    for path in _sources():
        text = path.read_text(encoding="utf-8")
        patterns = [_LITERAL, _CODE, _FINDING, _NEXT]
        if path.name in ("errors.py", "wire.py"):
            patterns += [_ERROR_CLASS, _REFUSALS]
        for pattern in patterns:
            for code in pattern.findall(text):
                found.setdefault(code, str(path.relative_to(SOURCE)))
    return found


def test_each_code_of_the_source_has_a_sentence() -> None:
    codes = _codes()

    own = {code for manifest in installed.manifests().values() for code in manifest.reasons}
    missing = {code: where for code, where in codes.items() if not knows(code) and code not in own}

    assert len(codes) > 60
    assert missing == {}
