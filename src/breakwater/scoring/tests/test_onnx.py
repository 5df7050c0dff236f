"""A real model of a few bytes, read by onnxruntime: what it says, and how it fails."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from importlib import import_module
from math import exp
from pathlib import Path
from typing import Any

import pytest
import pytest_django
from django.utils import translation

from breakwater.audit.models import Entry
from breakwater.core import http
from breakwater.core.messages import sentence
from breakwater.domain.errors import Invalid, Refused
from breakwater.domain.scoring.scores import Head, Item
from breakwater.people.selectors import Access
from breakwater.scorers import onnx
from breakwater.scorers.base import Answer, Kit
from breakwater.scorers.transformer import MOST_WINDOWS, Transformer
from breakwater.scoring.installed import plugins
from breakwater.scoring.models import OpinionSetup
from breakwater.scoring.services.setups import Wish, opened, set_up
from breakwater.scoring.tests import tiny


@pytest.fixture(autouse=True)
def _unloaded() -> Iterator[None]:
    onnx._kept.clear()
    yield
    onnx._kept.clear()


def _ask(home: Path, texts: Sequence[str], folder: str = "tiny", hint: str = "") -> list[Answer]:
    async def asked() -> list[Answer]:
        async with http.client() as client:
            kit = Kit(client, {"folder": folder}, home)
            return await onnx.ask(kit, [Item(text, hint) for text in texts])

    return asyncio.run(asked())


def _chance(logit: float) -> float:
    return 1 / (1 + exp(-logit))


def test_it_is_installed_and_keeps_texts_on_this_machine() -> None:
    plugin = plugins()["onnx"]

    assert (plugin.needs_network, plugin.most) == (False, 16)


def test_each_text_gets_the_chances_of_the_models_columns(tmp_path: Path) -> None:
    tiny.folder_of(tmp_path)

    answers = _ask(tmp_path, ["you fool", "how kind of you all today", ""])

    assert answers == [
        {Head.ABUSIVE: pytest.approx(_chance(2)), Head.INSULT: pytest.approx(_chance(1))},
        {Head.ABUSIVE: pytest.approx(_chance(-5)), Head.INSULT: pytest.approx(_chance(-5))},
        None,
    ]


def test_a_text_is_read_alike_alone_and_beside_longer_ones(tmp_path: Path) -> None:
    tiny.folder_of(tmp_path)
    texts = ["fool", *(f"{'so ' * n} kind" for n in range(20))]

    assert _ask(tmp_path, texts)[0] == _ask(tmp_path, texts[:1])[0]


def test_a_temperature_makes_it_less_sure(tmp_path: Path) -> None:
    tiny.folder_of(tmp_path, temperature=2)

    (answer,) = _ask(tmp_path, ["you fool"])

    assert answer is not None
    assert answer[Head.ABUSIVE] == pytest.approx(_chance(1))


def test_columns_that_exclude_one_another_share_one_whole_and_are_added_up(tmp_path: Path) -> None:
    labels = [["hateful", "toxic"], ["offensive", "abusive"], ["neither", None]]
    tiny.folder_of(tmp_path, labels=labels, activation="softmax")

    (answer,) = _ask(tmp_path, ["you fool"])

    grown = [exp(2), exp(1), exp(0)]
    assert answer is not None
    assert answer.keys() == {Head.ABUSIVE}
    assert answer[Head.ABUSIVE] == pytest.approx(sum(grown[:2]) / sum(grown))


def test_of_a_long_text_the_end_counts_too(tmp_path: Path) -> None:
    tiny.folder_of(tmp_path, tokens=16)

    (answer, longer) = _ask(tmp_path, [f"{'so ' * 60} fool", f"{'so ' * 3_000} fool"])

    assert MOST_WINDOWS * 16 < 3_000
    assert answer is not None
    assert longer is not None
    assert answer[Head.ABUSIVE] == longer[Head.ABUSIVE] == pytest.approx(_chance(2))


def test_nothing_is_said_of_languages_that_the_model_does_not_read(tmp_path: Path) -> None:
    tiny.folder_of(tmp_path, languages=["en"])

    english, french = _ask(
        tmp_path,
        ["you are a fool and everybody in this street knows it", "mon colis n'est pas arrivé hier"],
    )

    assert english is not None
    assert french is None


def test_it_runs_on_one_core_of_the_processor(tmp_path: Path) -> None:
    model = Transformer(tiny.folder_of(tmp_path))

    options = model._session.get_session_options()
    assert model._session.get_providers() == ["CPUExecutionProvider"]
    assert (options.intra_op_num_threads, options.inter_op_num_threads) == (1, 1)


def test_it_is_loaded_once_and_again_when_its_files_change(tmp_path: Path) -> None:
    folder = tiny.folder_of(tmp_path)
    _ask(tmp_path, ["fool"])
    first = onnx._kept[folder][1]
    _ask(tmp_path, ["fool"])
    second = onnx._kept[folder][1]
    tiny.folder_of(tmp_path, temperature=10)
    (answer,) = _ask(tmp_path, ["fool"])

    assert first is second
    assert answer is not None
    assert answer[Head.ABUSIVE] == pytest.approx(_chance(0.2))


def test_no_more_than_two_models_are_kept_in_memory(tmp_path: Path) -> None:
    for name in ("one", "two", "three"):
        tiny.folder_of(tmp_path, name)
        _ask(tmp_path, ["fool"], name)

    assert [folder.name for folder in onnx._kept] == ["two", "three"]


def test_a_call_that_is_called_off_ends_and_the_next_one_is_answered(tmp_path: Path) -> None:
    model = Transformer(tiny.folder_of(tmp_path))
    late = model.reading()
    late.stop()

    with pytest.raises(Exception, match="terminate"):
        late.answers(["fool"])

    assert model.reading().answers(["fool"])[0] is not None


def _remove(name: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).unlink()


def _put(name: str, content: str | bytes) -> Callable[[Path], object]:
    data = content if isinstance(content, bytes) else content.encode()
    return lambda folder: (folder / name).write_bytes(data)


def _mapped(**values: Any) -> Callable[[Path], object]:
    return _put("breakwater.json", json.dumps({"labels": tiny.LABELS, **values}))


AT_ONCE_TOLD: list[tuple[Callable[[Path], object], str]] = [
    (_remove("model.onnx"), "scorer_no_model"),
    (_remove("tokenizer.json"), "scorer_no_tokenizer"),
    (_remove("breakwater.json"), "scorer_no_mapping"),
    (_put("breakwater.json", "{"), "scorer_mapping"),
    (_put("breakwater.json", b"\xff"), "scorer_mapping"),
    (_put("breakwater.json", "[" * 100_000), "scorer_mapping"),
    (_put("breakwater.json", "[]"), "scorer_mapping"),
    (_mapped(label=[]), "scorer_mapping"),
    (_mapped(labels={"toxic": "toxic"}), "scorer_mapping"),
    (_mapped(labels=[]), "scorer_mapping"),
    (_mapped(activation="tanh"), "scorer_mapping"),
    (_mapped(temperature=0), "scorer_mapping"),
    (_mapped(temperature=float("nan")), "scorer_mapping"),
    (_mapped(tokens=100_000), "scorer_mapping"),
    (_mapped(languages="en"), "scorer_mapping"),
    (_mapped(labels=[["toxic", "toxicity"], ["a", None], ["b", None]]), "scorer_labels"),
    (_mapped(labels=[["danger", "danger"], ["a", None], ["b", None]]), "scorer_labels"),
    (_mapped(labels=[["a", None], ["b", None], ["c", None]]), "scorer_labels"),
]
"""What is wrong with a folder, and seen without loading the model."""
TOLD_BY_LOADING: list[tuple[Callable[[Path], object], str]] = [
    (_mapped(labels=tiny.LABELS[:2]), "scorer_labels"),
    (_put("model.onnx", b"no model"), "scorer_model"),
    (_put("model.onnx", tiny.model(("pixel_values", "attention_mask"))), "scorer_model"),
    (_put("tokenizer.json", "{}"), "scorer_tokenizer"),
]


@pytest.mark.parametrize(("spoil", "code"), [*AT_ONCE_TOLD, *TOLD_BY_LOADING])
def test_what_is_wrong_with_a_folder_is_said_and_right_once_it_is_mended(
    tmp_path: Path, spoil: Callable[[Path], object], code: str
) -> None:
    spoil(tiny.folder_of(tmp_path))

    with pytest.raises(Refused) as refused:
        _ask(tmp_path, ["you fool"])

    assert refused.value.reason == code
    assert "fool" not in f"{refused.value} {refused.value.detail}"
    with translation.override("fr"):
        assert str(sentence(code)) != code
    tiny.folder_of(tmp_path)
    assert _ask(tmp_path, ["you fool"])[0] is not None


@pytest.mark.parametrize("name", ["", ".", "..", "../tiny", "/etc", "a/b", "tiny\x00", "gone"])
def test_a_workspace_opens_no_other_folder_of_the_machine(tmp_path: Path, name: str) -> None:
    tiny.folder_of(tmp_path)
    (tmp_path / "models").mkdir()

    with pytest.raises(Refused) as refused:
        _ask(tmp_path / "models", ["you fool"], name)

    assert refused.value.reason == "scorer_no_folder"


@pytest.mark.parametrize("library", ["onnxruntime", "tokenizers"])
def test_without_the_extra_it_is_said_what_to_install(
    tmp_path: Path, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny.folder_of(tmp_path)
    import_module(library)
    monkeypatch.setitem(sys.modules, library, None)

    with pytest.raises(Refused) as refused:
        _ask(tmp_path, ["you fool"])

    assert refused.value.reason == "scorer_extra"


@pytest.mark.slow
def test_who_has_no_model_does_not_load_the_library() -> None:
    told = subprocess.run(
        [sys.executable, "-c",
         "import sys; from breakwater.scorers import registry; registry.load(); "
         "print('onnx' in registry.load()[0], sorted({'onnxruntime', 'tokenizers'} & {*sys.modules}))"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip

    assert told.stdout.strip() == "True []"


@pytest.mark.django_db
def test_a_folder_is_looked_at_when_it_is_chosen(
    mia_at: Access, now: datetime, settings: pytest_django.Settings, tmp_path: Path
) -> None:
    settings.SEALING_KEYS, settings.MODELS = tmp_path / "keys", tmp_path / "models"
    wish = Wish(scorer="onnx", values={"folder": "tiny"})
    with pytest.raises(Invalid) as refused:
        set_up(mia_at, wish, now=now)

    assert (refused.value.code, refused.value.field) == ("scorer_no_folder", "folder")
    assert not OpinionSetup.objects.exists()
    assert not Entry.objects.exists()
    tiny.folder_of(tmp_path / "models")
    assert opened(set_up(mia_at, wish, now=now)) == {"folder": "tiny"}


@pytest.mark.django_db
@pytest.mark.parametrize(("spoil", "code"), AT_ONCE_TOLD)
def test_a_folder_that_cannot_be_asked_is_not_chosen(
    mia_at: Access,
    now: datetime,
    settings: pytest_django.Settings,
    tmp_path: Path,
    spoil: Callable[[Path], object],
    code: str,
) -> None:
    settings.SEALING_KEYS, settings.MODELS = tmp_path / "keys", tmp_path / "models"
    spoil(tiny.folder_of(tmp_path / "models"))

    with pytest.raises(Invalid) as refused:
        set_up(mia_at, Wish(scorer="onnx", values={"folder": "tiny"}), now=now)

    assert refused.value.code == code
    assert not OpinionSetup.objects.exists()
