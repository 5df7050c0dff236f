"""Paper: readable, and a page that calls for things is given nothing."""

import io
import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings
from django.utils import translation
from PIL import Image
from pypdf import PdfReader

from breakwater.core import printing
from breakwater.core.printing import Given, pdf
from breakwater.domain.errors import Problem


def _dot() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (2, 2), "teal").save(made, "PNG")
    return made.getvalue()


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Path]:
    """A template of the test's own, `page.html`."""
    engine = {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [tmp_path],
        "APP_DIRS": True,
    }
    with override_settings(TEMPLATES=[engine]):
        yield tmp_path / "page.html"


@pytest.fixture
def listener() -> Iterator[tuple[str, list[bytes]]]:
    heard: list[bytes] = []

    class Hears(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            heard.append(self.request.recv(100))

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Hears) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}", heard
        server.shutdown()


def test_a_page_becomes_a_tagged_pdf_in_the_readers_language(page: Path) -> None:
    page.write_text(
        '{% extends "print/base.html" %}{% block title %}Bilan{% endblock %}'
        '{% block body %}<h1>Bilan</h1><p>{{ words }}</p><img src="given:dot" alt="">{% endblock %}'
    )

    with translation.override("fr"):
        made = pdf("page.html", {"words": "<b>été</b>"}, [Given("dot", "image/png", _dot())])

    read = PdfReader(io.BytesIO(made))
    assert "<b>été</b>" in read.pages[0].extract_text()
    assert str(read.root_object["/Lang"]) == "fr"
    assert "/StructTreeRoot" in read.root_object
    assert len(read.pages[0].images) == 1


def test_a_page_that_calls_for_things_is_given_nothing(
    page: Path, listener: tuple[str, list[bytes]], tmp_path: Path
) -> None:
    where, heard = listener
    secret = tmp_path / "secret.txt"
    secret.write_text("the key of the house")
    page.write_text(
        f"""<html><head><link rel="stylesheet" href="http://{where}/a.css">
        <link rel="attachment" href="file://{secret}"><base href="http://{where}/">
        <style>@import "http://{where}/b.css"; @font-face {{ font-family: x;
        src: url(http://{where}/f.woff) }} p {{ font-family: x; background:
        url("http://{where}/c.png") }}</style></head><body><p>words</p>
        <img src="http://{where}/d.png"><img src="d.png"><img src="//{where}/e.png">
        <img src="file://{secret}"><object data="file://{secret}"></object>
        <img src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><image href='http://{where}/g.png'/></svg>">
        <svg><image href="http://{where}/h.png"/><use href="file://{secret}#a"/></svg>
        <iframe src="http://{where}/i"></iframe><embed src="file://{secret}">
        <script>fetch("http://{where}/j")</script></body></html>"""
    )

    made = pdf("page.html", {})

    read = PdfReader(io.BytesIO(made))
    assert heard == []
    assert read.pages[0].extract_text().strip() == "words"
    assert not read.attachments
    assert b"key of the house" not in made


@pytest.mark.slow
def test_a_page_that_takes_all_memory_is_not_printed(page: Path) -> None:
    page.write_text("{% for i in rows %}<table><tr><td>{{ i }}</td></tr></table>{% endfor %}")

    with pytest.raises(Problem) as refused:
        pdf("page.html", {"rows": range(5_000)}, memory=50_000_000, seconds=20)

    assert refused.value.code == "pdf_too_much"


@pytest.mark.slow
def test_a_page_that_takes_all_day_is_not_printed(page: Path) -> None:
    page.write_text("{% for i in rows %}<table><tr><td>{{ i }}</td></tr></table>{% endfor %}")

    with pytest.raises(Problem) as refused:
        pdf("page.html", {"rows": range(60_000)}, seconds=1)

    assert refused.value.code == "pdf_too_much"


def test_where_the_systems_libraries_are_missing_it_says_which(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.write_text("<p>words</p>")
    nothing_there = ["/bin/sh", "-c", "cat >/dev/null; exit 3"]
    monkeypatch.setattr(printing, "_command", lambda: nothing_there)

    with pytest.raises(Problem) as refused:
        pdf("page.html", {})

    assert refused.value.code == "pdf_missing"
    assert "libpango-1.0-0" in str(refused.value.data["packages"])
    assert printing.missing()
