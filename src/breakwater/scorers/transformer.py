"""A transformer in a folder: `model.onnx`, `tokenizer.json` and `breakwater.json` (mapping.py).

Run on one processor core by onnxruntime, which is imported when the first model is loaded: who has
no such folder needs neither it nor its memory. Nothing is fetched; the three files are all there is.
"""

import logging
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from breakwater.domain.errors import Refused
from breakwater.domain.scoring.scores import Head
from breakwater.scorers.base import Answer, chance
from breakwater.scorers.mapping import FILE, Columns, columns

MODEL: Final = "model.onnx"
TOKENIZER: Final = "tokenizer.json"
LIBRARIES = ("onnxruntime", "tokenizers")
INPUTS = ("input_ids", "attention_mask", "token_type_ids")
"""What a model may be given, each texts x tokens."""
AT_ONCE = 8
"""Windows a pass: a second of a large model, and some megabytes."""
MOST_WINDOWS = 8
"""Of one text: its beginning, and its end."""
_OVERLAP = 8
"""A window repeats so many-th part of the last one."""
_PADS = ("[PAD]", "<pad>")
_TYPES = {"tensor(int64)": np.int64, "tensor(int32)": np.int32}
_CORES = "intra_op_num_threads inter_op_num_threads"
_ERRORS_ONLY = 3
log = logging.getLogger(__name__)

Floats = NDArray[np.float64]


def installed() -> None:
    """Raises: Refused: scorer_extra, where the extra `onnx` is not installed."""
    if any(find_spec(name) is None for name in LIBRARIES):
        raise Refused("scorer_extra")


def complete(folder: Path) -> None:
    """Raises: Refused: scorer_no_folder, scorer_no_model, scorer_no_tokenizer, and as `columns`."""
    for path, there, code in (
        (folder, folder.is_dir(), "scorer_no_folder"),
        (folder / MODEL, (folder / MODEL).is_file(), "scorer_no_model"),
        (folder / TOKENIZER, (folder / TOKENIZER).is_file(), "scorer_no_tokenizer"),
    ):
        if not there:
            raise Refused(code, path.name)
    columns(folder)


def stamp(folder: Path) -> tuple[tuple[int, int], ...]:
    """Another value once one of the files is another one. Raises: OSError."""
    files = [(folder / name).stat() for name in (MODEL, TOKENIZER, FILE)]
    return tuple((one.st_mtime_ns, one.st_size) for one in files)


class Transformer:
    """One loaded model. Of one thread at a time."""

    def __init__(self, folder: Path) -> None:
        """Raises: Refused, as `installed` and `complete`; scorer_model and scorer_tokenizer (it cannot
        be used), scorer_labels (it has other columns than the mapping names)."""
        installed()
        complete(folder)
        self._columns: Columns = columns(folder)
        self._runtime: Any = import_module("onnxruntime")
        self._tokenizer, self._pad = _tokenizer(folder / TOKENIZER, self._columns.tokens)
        self._session = _session(self._runtime, folder / MODEL)
        self._inputs = {one.name: _TYPES[one.type] for one in self._session.get_inputs()}
        self._tried()

    @property
    def languages(self) -> frozenset[str]:
        return self._columns.languages

    def reading(self) -> "Reading":
        """One call, which can be called off from another thread."""
        return Reading(self, self._runtime.RunOptions())

    def answers(self, texts: Sequence[str], options: Any) -> list[Answer]:
        windows = [self._windows(text) for text in texts]
        flat = [one for some in windows for one in some]
        passes = [
            self._pass(flat[at : at + AT_ONCE], options) for at in range(0, len(flat), AT_ONCE)
        ]
        rows = iter([row for some in passes for row in some])
        return [self._answer([next(rows) for _ in some]) for some in windows]

    def _tried(self) -> None:
        try:
            some = self._windows("a") or [[self._pad]]
            row = self._pass(some, self._runtime.RunOptions())
        except Exception as error:  # whatever it is, this model reads no text
            log.warning("onnx.unusable why=%s", error)
            raise Refused("scorer_model") from error
        if row.shape != (1, len(self._columns.heads)):
            raise Refused("scorer_labels")

    def _windows(self, text: str) -> list[list[int]]:
        """The tokens that are read at once of a text: of a long one its first and its last ones."""
        read = self._tokenizer.encode(text)
        found = [one.ids for one in (read, *read.overflowing) if one.ids]
        return found if len(found) <= MOST_WINDOWS else [*found[: MOST_WINDOWS - 1], found[-1]]

    def _pass(self, some: Sequence[Sequence[int]], options: Any) -> Floats:
        """Windows x columns, logits."""
        longest = max(len(one) for one in some)
        filled = [[*one, *[self._pad] * (longest - len(one))] for one in some]
        mask = np.arange(longest) < np.array([len(one) for one in some])[:, None]
        given = dict(zip(INPUTS, (np.array(filled), mask, np.zeros_like(mask)), strict=True))
        feed = {name: given[name].astype(kind) for name, kind in self._inputs.items()}
        rows: Floats = np.asarray(self._session.run(None, feed, options)[0], np.float64)
        return rows

    def _answer(self, rows: Sequence[Floats]) -> Answer:
        """By head the highest of its columns and of the text's windows; columns that exclude one another
        are added up. None of a text without words, or where the model gave no numbers."""
        if not rows:
            return None
        scaled = np.clip(np.stack(rows), -1e4, 1e4) / self._columns.temperature
        if self._columns.softmax:
            grown = np.exp(scaled - scaled.max(1, keepdims=True))
            chances = grown / grown.sum(1, keepdims=True)
        else:
            chances = 1 / (1 + np.exp(-np.clip(scaled, -500, 500)))
        found: dict[Head, float] = {}
        for head in {one for one in self._columns.heads if one is not None}:
            own = chances[:, [one is head for one in self._columns.heads]]
            worst = own.sum(1).max() if self._columns.softmax else own.max()
            if (said := chance(min(float(worst), 1.0))) is not None:
                found[head] = said
        return found or None


class Reading:
    """texts in, answers out; `stop` ends it at the next step of the model."""

    def __init__(self, model: Transformer, options: Any) -> None:
        self._model = model
        self._options = options

    def answers(self, texts: Sequence[str]) -> list[Answer]:
        return self._model.answers(texts, self._options) if texts else []

    def stop(self) -> None:
        self._options.terminate = True


def _tokenizer(path: Path, tokens: int) -> tuple[Any, int]:
    """A tokenizer that cuts into windows, and the token that fills up the shorter ones."""
    try:
        found = import_module("tokenizers").Tokenizer.from_file(str(path))
        pads = [one for name in _PADS if (one := found.token_to_id(name)) is not None]
        pad = (found.padding or {}).get("pad_id", next(iter(pads), 0))
        found.no_padding()
        found.enable_truncation(tokens, stride=tokens // _OVERLAP)
    except Exception as error:  # the library raises plain ones
        log.warning("onnx.tokenizer_unreadable why=%s", error)
        raise Refused("scorer_tokenizer") from error
    return found, int(pad)


def _session(runtime: Any, path: Path) -> Any:
    options = runtime.SessionOptions()
    for option in _CORES.split():
        setattr(options, option, 1)
    options.execution_mode = runtime.ExecutionMode.ORT_SEQUENTIAL
    options.log_severity_level = _ERRORS_ONLY
    try:
        session = runtime.InferenceSession(
            str(path), sess_options=options, providers=["CPUExecutionProvider"]
        )
    except Exception as error:  # damaged, too large, of another version: its words say which
        log.warning("onnx.model_unreadable why=%s", error)
        raise Refused("scorer_model") from error
    wanted = {one.name: one.type for one in session.get_inputs()}
    if INPUTS[0] not in wanted or not wanted.keys() <= set(INPUTS):
        raise Refused("scorer_model", "other inputs")
    if not set(wanted.values()) <= _TYPES.keys():
        raise Refused("scorer_model", "inputs of another type")
    return session
