"""A real model of a few hundred bytes, in the ONNX format: chances are sums over words.

Written as protobuf by hand (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto, read from memory,
held by onnxruntime itself, which loads it): the package that writes such files is 60 MB.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from struct import pack
from typing import Any

import numpy as np
from numpy.typing import NDArray

FLOAT, INT64 = 1, 7
LABELS = [["toxic", "abusive"], ["offence", "insult"], ["other", None]]
LOGITS: Mapping[str, Sequence[float]] = {
    "[PAD]": (9, 9, 9),  # masked, or every shorter text of a batch would be abuse
    "[UNK]": (0, 0, 0),
    "fool": (4, 3, 0),
    "swine": (6, 1, 0),
    "kind": (-3, -3, 2),
}
BIAS = (-2.0, -2.0, 0.0)


def folder_of(home: Path, name: str = "tiny", **mapping: Any) -> Path:
    """A folder as whoever runs Breakwater puts one; mapping: other values of breakwater.json."""
    folder = home / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.onnx").write_bytes(model())
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer()), encoding="utf-8")
    said = {"labels": LABELS, **mapping}
    (folder / "breakwater.json").write_text(json.dumps(said), encoding="utf-8")
    return folder


def tokenizer() -> dict[str, Any]:
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [],
        "normalizer": {"type": "Lowercase"},
        "pre_tokenizer": {"type": "Whitespace"},
        "post_processor": None,
        "decoder": None,
        "model": {
            "type": "WordLevel",
            "vocab": {word: at for at, word in enumerate(LOGITS)},
            "unk_token": "[UNK]",
        },
    }


def model(inputs: Sequence[str] = ("input_ids", "attention_mask")) -> bytes:
    """logits = bias + the sum of the words' logits, where the mask is 1."""
    nodes = [
        _node("Gather", ["logits", inputs[0]], "each"),
        _node("Cast", [inputs[1]], "mask", to=FLOAT),
        _node("Unsqueeze", ["mask", "last"], "masks"),
        _node("Mul", ["each", "masks"], "read"),
        _node("ReduceSum", ["read", "words"], "sums", keepdims=0),
        _node("Add", ["sums", "bias"], "out"),
    ]
    tensors = [
        _tensor("logits", np.array(list(LOGITS.values()), np.float32)),
        _tensor("bias", np.array(BIAS, np.float32)),
        _tensor("last", np.array([2])),
        _tensor("words", np.array([1])),
    ]
    graph = [
        *(_part(1, node) for node in nodes),
        _part(2, b"tiny"),
        *(_part(5, one) for one in tensors),
        *(_part(11, _value(name, INT64, ["texts", "tokens"])) for name in inputs),
        _part(12, _value("out", FLOAT, ["texts", str(len(BIAS))])),
    ]
    opset = _part(8, _number(2, 17))
    return _number(1, 8) + _part(7, b"".join(graph)) + opset


def _node(kind: str, given: Sequence[str], out: str, **attributes: int) -> bytes:
    named = [
        _part(5, _part(1, name.encode()) + _number(3, value) + _number(20, 2))
        for name, value in attributes.items()
    ]
    inputs = [_part(1, one.encode()) for one in given]
    return b"".join([*inputs, _part(2, out.encode()), _part(4, kind.encode()), *named])


def _tensor(name: str, values: NDArray[Any]) -> bytes:
    kind = FLOAT if values.dtype == np.float32 else INT64
    dims = b"".join(_number(1, size) for size in values.shape)
    return dims + _number(2, kind) + _part(8, name.encode()) + _part(9, values.tobytes())


def _value(name: str, kind: int, dims: Sequence[str]) -> bytes:
    shape = b"".join(
        _part(1, _number(1, int(one)) if one.isdigit() else _part(2, one.encode())) for one in dims
    )
    return _part(1, name.encode()) + _part(2, _part(1, _number(1, kind) + _part(2, shape)))


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _part(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    parts = b""
    while value > 127:
        parts += pack("B", value & 127 | 128)
        value >>= 7
    return parts + pack("B", value)
