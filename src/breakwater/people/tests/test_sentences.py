"""Every refusal of these packages has a sentence of its own."""

import re
from pathlib import Path

import pytest

import breakwater
from breakwater.core import messages

_PACKAGE = Path(breakwater.__path__[0])
_CODE = re.compile(r'raise (?:Invalid|Problem|Forbidden|NotFound)\(\s*code="([a-z_]+)"')
CODES = {
    code
    for folder in ("people", "media")
    for file in (_PACKAGE / folder).rglob("*.py")
    for code in _CODE.findall(file.read_text("utf-8"))
}
SPELLED = {f"unknown_{field}" for field in ("theme", "role", "policy", "language", "zone")}


@pytest.mark.parametrize("code", sorted(CODES | SPELLED))
def test_a_code_has_its_sentence(code: str) -> None:
    assert code == "weak_password" or messages.knows(code)
