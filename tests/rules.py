"""The house rules that neither ruff nor import-linter can see, as functions over source text.

Each gives the faults it found, as sentences; none is a good answer. tests/test_architecture.py
asks them about the whole tree, and shows each of them a planted fault.
"""

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence

MOST_LINES_IN_FILE = 400
MOST_LINES_IN_FUNCTION = 50
NETWORK_FILES = ("manifest.py", "auth.py", "outbound.py", "inbound.py", "errors.py")
BAGS = ("utils.py", "helpers.py", "common.py", "misc.py", "signals.py")

_WRITES = {
    "save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create",
    "asave", "acreate", "abulk_create", "abulk_update", "aget_or_create", "aupdate_or_create",
}  # fmt: skip
_MANAGERS = {"objects", "_default_manager", "_base_manager"}
_INLINE = {
    "an inline style": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "an inline handler": re.compile(r"\son[a-z]+\s*=|\shx-on", re.IGNORECASE),
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc\s*=)", re.IGNORECASE),
    "an address that runs": re.compile(r"javascript:", re.IGNORECASE),
}


def keys_pointing_up(keys: Iterable[tuple[str, str]], layers: Sequence[set[str]]) -> list[str]:
    """keys: (app of the row, app it points to). layers: highest first."""
    height = {app: -at for at, layer in enumerate(layers) for app in layer}
    return [
        f"a row of {own} points up to {other}"
        for own, other in keys
        if own in height and other in height and height[own] < height[other]
    ]


def writes(source: str) -> list[str]:
    """Calls that write rows, which only services make."""
    return [
        f"line {node.lineno}: .{node.func.attr}()"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in _WRITES
    ]


def managers(source: str) -> list[str]:
    """Uses of a model's manager, which edges leave to selectors and services."""
    return [
        f"line {node.lineno}: .{node.attr}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute) and node.attr in _MANAGERS
    ]


def named_networks(
    source: str, slugs: Iterable[str], *, also_words: Iterable[str] = ()
) -> list[str]:
    """Networks named in a text or an identifier (docstrings and comments may explain).

    also_words: slugs that are ordinary words too; they may stand in a text of several words.
    """
    words = re.compile(rf"(?<![a-z])({'|'.join(slugs)})(?![a-z])", re.IGNORECASE)
    ordinary = set(also_words)
    tree = ast.parse(source)
    explained = set(map(id, _docstrings(tree)))
    return [
        f"line {line}: {text!r}"
        for line, text, node in _words(tree)
        if id(node) not in explained
        and (found := {word.lower() for word in words.findall(text)})
        and not (found <= ordinary and " " in text)
    ]


def compared_with(source: str, letters: Iterable[str]) -> list[str]:
    """Comparisons with a slug of one letter, which is too short to be looked for in words, and
    imports of its folder."""
    slugs = set(letters)
    folders = {f"breakwater.networks.{slug}" for slug in slugs}
    faults = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Compare | ast.MatchValue):
            found = [n.value for n in ast.walk(node) if isinstance(n, ast.Constant)]
            faults += [f"line {node.lineno}: {one!r}" for one in found if one in slugs]
        elif isinstance(node, ast.ImportFrom) and node.module:
            inside = any(f"{node.module}.".startswith(f"{folder}.") for folder in folders)
            beside = node.module == "breakwater.networks" and slugs & {n.name for n in node.names}
            faults += [f"line {node.lineno}: {node.module}"] if inside or beside else []
    return faults


def named_networks_in_page(source: str, slugs: Iterable[str]) -> list[str]:
    """The same for a template, a style or a script; comments of templates may explain."""
    bare = re.sub(r"\{#.*?#\}|\{% comment.*?endcomment %\}|/\*.*?\*/", "", source, flags=re.DOTALL)
    words = re.compile(rf"(?<![a-z])({'|'.join(slugs)})(?![a-z])", re.IGNORECASE)
    return [f"names {found!r}" for found in words.findall(bare)]


def too_long(source: str) -> list[str]:
    faults = []
    if (lines := len(source.splitlines())) > MOST_LINES_IN_FILE:
        faults.append(f"{lines} lines")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > MOST_LINES_IN_FUNCTION:
                faults.append(f"{node.name} has {length} lines")
    return faults


_PLACED = {"settle", "it_is_out", "it_is_not_out", "leave_it"}


def passed_by(source: str) -> list[str]:
    """What says of a delivery that it is out, or is not, taken from `delivery` itself: only
    `publishing.services` says it to the post as well (Post.left_at)."""
    tree = ast.parse(source)
    of_delivery = [
        (node.lineno, name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("breakwater.delivery")
        for name in node.names
    ]
    aliases = {name.asname or name.name for _line, name in of_delivery}
    aliases |= {
        name.asname
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for name in node.names
        if name.asname and name.name.startswith("breakwater.delivery")
    }
    taken = [f"line {line}: {name.name}" for line, name in of_delivery if name.name in _PLACED]
    called = [
        f"line {node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in _PLACED
        and (
            (isinstance(node.value, ast.Name) and node.value.id in aliases)
            or ast.unparse(node.value).startswith("breakwater.delivery.")
        )
    ]
    return taken + called


def missing_files(there: Iterable[str]) -> list[str]:
    """there: names of the files in a network's folder."""
    found = set(there)
    return [f"{name} is missing" for name in NETWORK_FILES if name not in found]


def sleeps(source: str) -> list[str]:
    """Waiting that blocks a thread; asyncio.sleep and events are fine."""
    tree = ast.parse(source)
    called = [
        f"line {node.lineno}: time.sleep"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr == "sleep"
        and isinstance(node.value, ast.Name)
        and node.value.id == "time"
    ]
    imported = [
        f"line {node.lineno}: from time import sleep"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and node.module == "time"
        and any(name.name == "sleep" for name in node.names)
    ]
    return called + imported


def reads_clock(source: str) -> list[str]:
    """Imports of the clock, which only the edges and config read."""
    return [
        f"imports {name}" for name in _imports(source) if name.startswith("breakwater.core.clock")
    ]


def inline(page: str) -> list[str]:
    """What the content security policy would refuse to run or to style."""
    bare = re.sub(r"\{#.*?#\}|\{% comment.*?endcomment %\}", "", page, flags=re.DOTALL)
    return [
        f"{what}: {found[0]!r}" for what, form in _INLINE.items() if (found := form.search(bare))
    ]


def undeclared(source: str, declared: Mapping[str, bool]) -> list[str]:
    """Imports of packages that `make run` does not install. declared: top package -> whether."""
    tops = {name.split(".")[0] for name in _imports(source)}
    return [f"imports {top}" for top in sorted(tops) if not declared.get(top, False)]


def contract_layers(pyproject: str) -> list[set[str]]:
    """The layers of import-linter's contract, highest first."""
    for contract in tomllib.loads(pyproject)["tool"]["importlinter"]["contracts"]:
        if contract["id"] == "layers":
            return [set(re.split(r"\s*\|\s*", layer)) for layer in contract["layers"]]
    raise LookupError("pyproject.toml has no contract `layers`")


def pictured_layers(page: str) -> list[set[str]]:
    """The layers of docs/architecture.md: the first code block; names before two spaces."""
    block = re.search(r"```\n(.*?)```", page, re.DOTALL)
    if block is None:
        raise LookupError("the page has no picture")
    lines = [line for line in block[1].splitlines() if line.strip() and not line.startswith(" ")]
    return [set(re.split(r"\s*\|\s*", re.split(r"\s{2,}", line)[0].strip())) for line in lines]


def settings_asked(source: str) -> set[str]:
    """The names that `env.text("X")` and its like ask for, as BREAKWATER_X."""
    return {
        f"BREAKWATER_{node.args[0].value}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("text", "flag", "number", "listed", "origins")
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
        and node.args[0].value.isupper()
    }


def settings_told(page: str) -> set[str]:
    """The names that have a row in the table of docs/settings.md."""
    return set(re.findall(r"^\| `(BREAKWATER_[A-Z_]+)`", page, re.MULTILINE))


def loops_run(source: str) -> set[str]:
    """The names of the loops that `_keep_running` keeps running."""
    return set(re.findall(r'_keep_running\("(\w+)"', source))


def loops_told(page: str) -> set[str]:
    """The loops of docs/architecture.md: the list below "Processes"."""
    return set(re.findall(r"^- `(\w+)`:", page.partition("## Processes")[2], re.MULTILINE))


def bags(names: Iterable[str]) -> list[str]:
    """Files named after nothing, where things are dropped."""
    return [name for name in names if name.rsplit("/", 1)[-1] in BAGS]


def _imports(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def _docstrings(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


def _words(tree: ast.AST) -> Iterator[tuple[int, str, ast.AST]]:
    """(line, text, node) of each text, name, attribute, argument and imported module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value, node
        elif isinstance(node, ast.Name):
            yield node.lineno, node.id, node
        elif isinstance(node, ast.Attribute):
            yield node.lineno, node.attr, node
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.lineno, node.name, node
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module, node
        elif isinstance(node, ast.Import):
            yield from ((node.lineno, name.name, node) for name in node.names)
