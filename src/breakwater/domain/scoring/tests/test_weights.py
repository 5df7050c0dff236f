"""The weights file holds numbers and facts; anything else is refused."""

import pickle
from dataclasses import fields, replace
from io import BytesIO
from zipfile import ZipFile

import numpy as np
import pytest

from breakwater.domain.scoring.conventions import Conventions
from breakwater.domain.scoring.known import RUDE, Known
from breakwater.domain.scoring.network import Network
from breakwater.domain.scoring.ordinary import Ordinary
from breakwater.domain.scoring.scores import Head
from breakwater.domain.scoring.tests.test_network import SHAPES
from breakwater.domain.scoring.vocabulary import Table
from breakwater.domain.scoring.weights import Weights, read, shipped, written
from breakwater.domain.scoring.wide import Wide

LIMITS = ("slopes", "offsets", "veil", "hold")


class Harm:
    """What runs when somebody unpickles it."""

    ran: list[str] = []

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return self.ran.append, ("ran",)


def _made() -> Weights:
    draw = np.random.default_rng(3)
    heads = (Head.ABUSIVE, Head.DANGER)
    halves = {n: draw.standard_normal(shape).astype(np.float16) for n, shape in SHAPES.items()}
    return Weights(
        "7.1",
        ("en", "fr"),
        heads,
        Table(
            draw.integers(-127, 128, (16, 3)).astype(np.int8),
            draw.random(3).astype(np.float32),
            np.array([1, 5, 4_294_967_295], np.uint32),
            (draw.integers(0, 256, (3, 2)) / 255).astype(np.float32),
        ),
        Network(**{name: half.astype(np.float32) for name, half in halves.items()}),
        Wide(draw.integers(-127, 128, (8, 2)).astype(np.int8), draw.random(2).astype(np.float32)),
        Known(np.array([0, 7, 4_294_967_295], np.uint32), np.array([1, 127, 255], np.uint8)),
        Conventions(len(heads), ("others", "own"), ((0, 0),)),
        **{name: draw.random((2, len(heads))).astype(np.float32) for name in LIMITS},
        ordinary=Ordinary(
            np.array([0, 1], np.uint8), np.ones((2, 5), np.float16), np.ones((2, 2), np.float16)
        ),
    )


def _with(**arrays: object) -> bytes:
    """The file with some arrays in another's place."""
    with np.load(BytesIO(written(_made()))) as held:
        kept = {name: held[name] for name in held.files}
    out = BytesIO()
    np.savez_compressed(out, **{**kept, **arrays})
    return out.getvalue()


def _without(name: str) -> bytes:
    out = BytesIO()
    with ZipFile(BytesIO(written(_made()))) as before, ZipFile(out, "w") as after:
        for one in before.namelist():
            if one != f"{name}.npy":
                after.writestr(one, before.read(one))
    return out.getvalue()


def test_what_is_written_is_read_again() -> None:
    made = _made()

    again = read(written(made))

    assert (again.version, again.languages, again.heads) == (
        made.version,
        made.languages,
        made.heads,
    )
    assert np.array_equal(again.table.rows, made.table.rows)
    assert again.table.rows.dtype == np.int8
    assert np.array_equal(again.table.scale, made.table.scale)
    assert np.array_equal(again.table.lexicon, made.table.lexicon)
    assert np.array_equal(again.table.flags, made.table.flags)
    assert np.array_equal(again.known.keys, made.known.keys)
    assert np.array_equal(again.known.levels, made.known.levels)
    assert again.conventions == made.conventions
    for part in fields(Ordinary):
        assert np.array_equal(getattr(again.ordinary, part.name), getattr(made.ordinary, part.name))
    assert again.known.keys.dtype == np.uint32
    assert again.known.levels.dtype == np.uint8
    for part in fields(Network):
        assert np.array_equal(getattr(again.network, part.name), getattr(made.network, part.name))
    for name in LIMITS:
        assert np.array_equal(getattr(again, name), getattr(made, name))


def test_dense_weights_are_kept_to_half_precision() -> None:
    made = _made()
    fine = replace(made, network=replace(made.network, first=made.network.first + 1e-3))

    again = read(written(fine)).network.first

    assert again.dtype == np.float32
    assert np.array_equal(again, fine.network.first.astype(np.float16).astype(np.float32))


def test_the_same_weights_are_the_same_file() -> None:
    assert written(_made()) == written(_made())


@pytest.mark.parametrize("name", ["rows", "veil", "extra"])
def test_an_array_of_objects_is_refused_and_nothing_of_it_runs(name: str) -> None:
    data = _with(**{name: np.array([Harm()], object)})

    with pytest.raises(ValueError, match="allow_pickle"):
        read(data)

    assert Harm.ran == []


def test_a_pickle_is_refused_and_nothing_of_it_runs() -> None:
    with pytest.raises(ValueError, match="pickle"):
        read(pickle.dumps(Harm()))

    assert Harm.ran == []


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.9, 0.999])
def test_half_a_file_is_refused(share: float) -> None:
    data = written(_made())

    with pytest.raises(ValueError, match="not a weights file"):
        read(data[: int(len(data) * share)])


def test_a_damaged_file_is_refused() -> None:
    data = bytearray(written(_made()))
    for at in range(60, len(data), 97):
        data[at] ^= 0xFF

    with pytest.raises(ValueError, match="not a weights file"):
        read(bytes(data))


@pytest.mark.parametrize(
    "name", ["facts", "rows", "lexicon", "known_levels", "first", "straight", "hold"]
)
def test_a_file_that_lacks_something_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        read(_without(name))


@pytest.mark.parametrize(
    "facts",
    [b"", b"[]", b"{}", b"\xff\xfe", b'{"version": "1", "languages": ["en"], "heads": ["kind"]}'],
)
def test_facts_that_say_something_else_are_refused(facts: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read(_with(facts=np.frombuffer(facts, np.uint8)))


def test_a_lone_array_is_refused() -> None:
    out = BytesIO()
    np.save(out, np.zeros(3))

    with pytest.raises(ValueError, match="not a weights file"):
        read(out.getvalue())


def test_what_is_shipped_fits_together() -> None:
    weights = shipped()

    words, width = weights.table.width, len(weights.network.attention)
    assert set(weights.languages) == {"en", "fr"}
    assert weights.heads == tuple(Head)
    assert weights.network.first.shape == (3 * words, width)
    assert weights.network.hidden.shape[0] == 2 * width + words
    columns = weights.conventions.width
    assert weights.conventions.heads == len(weights.heads)
    assert weights.network.out.shape[1] == weights.network.straight.shape[1] == columns
    assert weights.wide.rows.shape[1] == len(weights.wide.scale) == columns
    for keys in (weights.table.lexicon, weights.known.keys):
        assert (np.diff(keys.astype(np.int64)) > 0).all()
    assert len(weights.known.levels) == len(weights.known.keys) > 10_000
    assert (weights.known.levels & ~RUDE).min() >= 1
    for name in LIMITS:
        assert getattr(weights, name).shape == (2, len(weights.heads))
    for part in fields(Network):
        assert np.isfinite(getattr(weights.network, part.name)).all()


def test_nothing_of_what_was_trained_on_can_be_read_in_what_is_shipped() -> None:
    """Each array is of numbers, and the only text is that of the facts."""
    weights = shipped()

    with np.load(BytesIO(written(weights)), allow_pickle=False) as held:
        kinds = {name: held[name].dtype.kind for name in held.files}
    assert set(kinds.values()) <= {"i", "u", "f"}
    assert len(str((weights.version, weights.languages, weights.heads))) < 1_000
