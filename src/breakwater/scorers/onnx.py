"""A transformer on this very machine, in the ONNX format: no text leaves it.

The person who runs Breakwater puts a folder into `models` of the data folder; a workspace names it.
It is loaded by the worker when it is first asked, and read by one thread of its own: a model that
takes its time keeps no other plug-in waiting.
"""

import asyncio
import re
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from breakwater.domain.errors import Refused
from breakwater.domain.scoring.languages import languages
from breakwater.domain.scoring.normal import plain
from breakwater.domain.scoring.scores import Item
from breakwater.domain.scoring.words import NOTHING, words
from breakwater.scorers.base import Answer, Field, Kit, Plugin, gettext_noop
from breakwater.scorers.transformer import Transformer, complete, installed, stamp

KEPT = 2
"""Loaded models: when another one is asked, the one that was asked longest ago is let go."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
"""Of a folder: no path, so that a workspace opens nothing else of this machine."""
_TELLING = 96
"""Words by which a text's language is told."""
_THREAD = ThreadPoolExecutor(max_workers=1, thread_name_prefix="onnx")
_Stamp = tuple[tuple[int, int], ...]
_kept: "OrderedDict[Path, tuple[_Stamp, Transformer]]" = OrderedDict()


def build() -> Plugin:
    return Plugin(
        id="onnx",
        version="1",
        name=gettext_noop("A transformer on this machine (ONNX)"),
        ask=ask,
        fields=(
            Field(
                "folder",
                gettext_noop("Folder"),
                gettext_noop(
                    "Its name in the folder models of the data folder. Whoever runs Breakwater puts "
                    "model.onnx, tokenizer.json and breakwater.json there."
                ),
            ),
        ),
        needs_network=False,
        most=16,
        check=check,
    )


def check(values: Mapping[str, str], models: Path) -> None:
    """Raises: Refused, where this folder cannot be asked as things are."""
    installed()
    complete(_folder(values, models))


async def ask(kit: Kit, batch: Sequence[Item]) -> list[Answer]:
    """Raises: Refused, as `check` and `Transformer`. Called off, the model stops, too."""
    if kit.models is None:
        raise Refused("scorer_no_folder")
    folder = _folder(kit.values, kit.models)
    loop = asyncio.get_running_loop()
    model = await loop.run_in_executor(_THREAD, _loaded, folder)
    read = [not model.languages or _language(item) in model.languages for item in batch]
    reading = model.reading()
    texts = [item.text for item, one in zip(batch, read, strict=True) if one]
    try:
        said = iter(await loop.run_in_executor(_THREAD, reading.answers, texts))
    except asyncio.CancelledError:
        reading.stop()
        raise
    return [next(said) if one else None for one in read]


def _folder(values: Mapping[str, str], models: Path) -> Path:
    name = values.get("folder", "")
    if not _NAME.fullmatch(name):
        raise Refused("scorer_no_folder")
    return models / name


def _loaded(folder: Path) -> Transformer:
    """Loaded anew once its files have changed. One that does not load is tried again each time."""
    complete(folder)
    now = stamp(folder)
    known = _kept.get(folder)
    if known is None or known[0] != now:
        _kept.pop(folder, None)
        while len(_kept) >= KEPT:
            _kept.popitem(last=False)
        _kept[folder] = (now, Transformer(folder))
    _kept.move_to_end(folder)
    return _kept[folder][1]


def _language(item: Item) -> str:
    found = words(plain(item.text))[:_TELLING] or [NOTHING]
    return languages().told(languages().votes(found).sum(0), item.hint or None)
