"""The weights file: arrays and one text of facts, nothing that could run."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from importlib.resources import files
from io import BytesIO
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from breakwater.domain.scoring.conventions import Conventions
from breakwater.domain.scoring.known import Known
from breakwater.domain.scoring.network import Network
from breakwater.domain.scoring.ordinary import Ordinary
from breakwater.domain.scoring.scores import Head
from breakwater.domain.scoring.vocabulary import Table
from breakwater.domain.scoring.wide import Wide

SHIPPED = "weights/model.npz"
_WRONG = (BadZipFile, EOFError, KeyError, NotImplementedError, OSError, TypeError, zlib.error)
"""What a damaged file may raise on its way through zip and numpy; the fourth, for a version of zip that nobody has."""


@dataclass(frozen=True, slots=True)
class Weights:
    """network and wide have the columns of `conventions`. slopes, offsets: languages x heads; a head's chance is the logistic of slope times logit plus
    offset, and 0 for a slope of 0 says that the head was not trained. veil, hold: languages x heads,
    the chances from which a text is veiled or held; above 1 where a head decides nothing."""

    version: str
    languages: tuple[str, ...]
    heads: tuple[Head, ...]
    table: Table
    network: Network
    wide: Wide
    known: Known
    conventions: Conventions
    slopes: NDArray[np.float32]
    offsets: NDArray[np.float32]
    veil: NDArray[np.float32]
    hold: NDArray[np.float32]
    ordinary: Ordinary


def shipped() -> Weights:
    """What this version of Breakwater carries."""
    return read((files(__package__) / SHIPPED).read_bytes())


def read(data: bytes) -> Weights:
    """Raises: ValueError for what is not a weights file of this version."""
    try:
        with np.load(BytesIO(data), allow_pickle=False) as held:
            return _weights({name: held[name] for name in held.files})
    except _WRONG as wrong:
        raise ValueError(f"not a weights file of this version: {wrong}") from wrong


def _weights(arrays: Mapping[str, NDArray[np.generic]]) -> Weights:
    facts = json.loads(arrays["facts"].tobytes())
    wide = {name: array.astype(np.float32) for name, array in arrays.items() if array.dtype == "f2"}
    return Weights(
        version=facts["version"],
        languages=tuple(facts["languages"]),
        heads=tuple(Head(head) for head in facts["heads"]),
        table=Table(
            arrays["rows"].astype(np.int8, copy=False),
            arrays["scale"].astype(np.float32),
            arrays["lexicon"].astype(np.uint32, copy=False),
            arrays["flags"].astype(np.float32) / np.float32(255),
        ),
        network=Network(**{part.name: wide[part.name] for part in fields(Network)}),
        wide=Wide(
            arrays["wide"].astype(np.int8, copy=False), arrays["wide_scale"].astype(np.float32)
        ),
        known=Known(
            np.cumsum(arrays["known_steps"], dtype=np.uint32),
            arrays["known_levels"].astype(np.uint8, copy=False),
        ),
        conventions=Conventions(
            len(facts["heads"]),
            tuple(facts["names"]),
            tuple((head, name) for head, name in facts["judged"]),
        ),
        **{name: arrays[name].astype(np.float32) for name in ("slopes", "offsets", "veil", "hold")},
        ordinary=Ordinary(
            arrays["ordinary_languages"].astype(np.uint8, copy=False),
            arrays["ordinary_hidden"].astype(np.float16, copy=False),
            arrays["ordinary_logits"].astype(np.float16, copy=False),
        ),
    )


def written(weights: Weights) -> bytes:
    """The file that `read` reads. Dense weights are kept in half precision."""
    facts = {
        "version": weights.version,
        "languages": weights.languages,
        "heads": weights.heads,
        "names": weights.conventions.names,
        "judged": weights.conventions.judged,
    }
    arrays = {
        "facts": np.frombuffer(json.dumps(facts).encode(), np.uint8),
        "rows": weights.table.rows,
        "wide": weights.wide.rows,
        "wide_scale": weights.wide.scale,
        "known_steps": np.diff(weights.known.keys, prepend=np.uint32(0)),
        "known_levels": weights.known.levels,
        "scale": weights.table.scale,
        "lexicon": weights.table.lexicon,
        **{f"ordinary_{p.name}": getattr(weights.ordinary, p.name) for p in fields(Ordinary)},
        "flags": np.round(weights.table.flags * 255).astype(np.uint8),
        **{p.name: getattr(weights.network, p.name).astype(np.float16) for p in fields(Network)},
        **{name: getattr(weights, name) for name in ("slopes", "offsets", "veil", "hold")},
    }
    out = BytesIO()
    np.savez_compressed(out, allow_pickle=False, **arrays)
    return out.getvalue()
