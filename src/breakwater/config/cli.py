"""`breakwater <command>`. A command is a file in `config/commands` and one line in COMMANDS."""

import argparse
import difflib
import importlib
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType

from breakwater.config.terminal import complain, say, table
from breakwater.domain.errors import BreakwaterError, Misconfigured, Problem

EX_USAGE = 2
EX_PROBLEM = 1
EX_CONFIG = 78
"""The configuration must be mended first: starting again would not help (sysexits.h)."""
ENVIRONMENT = ("OPENBLAS_NUM_THREADS 1",)
"""Names and values, where nobody has set others. The first is read by numpy when it is loaded. Texts are read in small matrices, for which two threads gain nothing; on a busy
machine they wait for one another (256 texts took 170 ms instead of 17)."""


@dataclass(frozen=True)
class Command:
    """does: its line in the overview. django: whether Django is set up before it is imported."""

    does: str
    django: bool = True


COMMANDS = {
    "run": Command("serve the pages and work, in one command, until stopped", django=False),
    "serve": Command("serve the pages and the API"),
    "work": Command("run the workers: deliveries, notices, mail"),
    "migrate": Command("bring the database up to this version"),
    "check": Command("check settings, database, keys, clock and networks; say what to mend"),
    "status": Command("is everything all right? What is late, unknown, stuck or held, and why"),
    "demo": Command("fill a practice harbour: a brand, people, a month of calendar"),
    "user": Command("make persons, list them, set a password, name an administrator"),
    "backup": Command("write a backup of database and files"),
    "restore": Command("put a backup back; everything is held until a person releases it"),
    "pause": Command("hold everything at once; see it, narrow it, end it, as a person"),
    "hold": Command("see what is held, and release it"),
    "clock": Command("see whether the clock is believed, and confirm a new time"),
    "bench": Command("print the table of figures, measured here and now"),
    "network": Command("see what a network asks for; keep and check the installation's keys there"),
    "channel": Command("list, check, connect and try channels; make a new key"),
    "costs": Command("see what calls to paid networks cost this month, and cap it"),
    "talk": Command("read what arrived; answer it, hide it, mute its author, as a person"),
    "erase-author": Command("find, export and erase all that somebody wrote to a workspace"),
    "post": Command("write, look at, submit, approve, send and cancel posts, as a person"),
    "score": Command("say what texts do to their readers: lines in, JSON lines out", django=False),
    "strays": Command("see what the accounts show that nobody here sent; judge it now"),
    "reconcile": Command("hold the ledger against what the accounts show"),
    "drill": Command("practise a crisis: list the scenarios, begin one, see its times"),
    "incident": Command("list incidents; write one out with its timeline and tasks"),
    "link": Command("print the address that pauses everything from the duty phone"),
    "evidence": Command("verify what is kept of posts, hand it out, print where its chain ends"),
    "audit": Command("verify the audit chain, print its heads"),
}


def main() -> None:
    raise SystemExit(dispatch(sys.argv[1:]))


def dispatch(argv: Sequence[str]) -> int:
    """Runs the command; the exit status. Known errors become sentences, never traces."""
    if not argv or argv[0] in ("-h", "--help", "help"):
        say(overview())
        return 0
    name, rest = argv[0], argv[1:]
    if name not in COMMANDS:
        near = difflib.get_close_matches(name, COMMANDS, n=1)
        hint = f" Did you mean `breakwater {near[0]}`?" if near else ""
        complain(f"There is no command `{name}`.{hint} `breakwater help` lists them.")
        return EX_USAGE
    try:
        return _run(name, rest)
    except KeyboardInterrupt:
        return 130
    except BreakwaterError as error:
        complain(sentence(error))
        return EX_CONFIG if isinstance(error, Misconfigured) else EX_PROBLEM


def overview() -> str:
    rows = [(f"  {name}", command.does) for name, command in COMMANDS.items()]
    return (
        "breakwater <command>: a desk that lets planned posts leave safely.\n\n"
        f"{table(rows)}\n\n"
        "`breakwater <command> --help` says more. Settings: docs/settings.md."
    )


def sentence(error: BreakwaterError) -> str:
    """What a person reads: the mend of a wrong setting, the sentence of a known code."""
    if isinstance(error, Misconfigured):
        return error.mend
    if isinstance(error, Problem):
        return str(importlib.import_module("breakwater.core.messages").say(error))
    return str(error)


def _run(name: str, rest: Sequence[str]) -> int:
    for one in ENVIRONMENT:
        os.environ.setdefault(*one.split())
    if COMMANDS[name].django:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "breakwater.config.settings")
        importlib.import_module("django").setup()
    module = _module(name)
    parser = argparse.ArgumentParser(prog=f"breakwater {name}", description=module.__doc__)
    module.arguments(parser)
    status: int = module.run(parser.parse_args(rest))
    return status


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"breakwater.config.commands.{name.replace('-', '_')}")
