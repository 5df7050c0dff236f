"""Bars with what is usual beside them, as a drawing (SVG) that a page and a PDF show alike.

A drawing is never the only place of a figure: the template shows the same numbers as a table.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT = 640, 200
_LEFT, _BOTTOM, _TOP = 44, 22, 10
_GAP = 0.2
_LABELS = 6
"""How many of the labels below fit on a phone."""


@dataclass(frozen=True)
class Point:
    """label: in words, for the axis and the table. usual: what is usual there; None: not known."""

    label: str
    value: float
    usual: float | None = None


def bars(title: str, points: Sequence[Point]) -> SafeString:
    """The drawing; "" of no points. title: what a screen reader says instead of it."""
    if not points:
        return SafeString("")
    most = max((max(one.value, one.usual or 0.0) for one in points), default=0.0) or 1.0
    step = (WIDTH - _LEFT) / len(points)
    return format_html(
        '<svg class="chart" role="img" viewBox="0 0 {} {}" width="{}" height="{}"'
        ' aria-label="{}">{}{}{}{}</svg>',
        WIDTH,
        HEIGHT,
        WIDTH,
        HEIGHT,
        title,
        _axis(most),
        format_html_join("", _BAR, (_bar(one, at, step, most) for at, one in enumerate(points))),
        _line(points, step, most),
        _labels(points, step),
    )


_BAR = '<rect x="{}" y="{}" width="{}" height="{}" fill="currentColor" fill-opacity="0.65"/>'


def _bar(one: Point, at: int, step: float, most: float) -> tuple[str, str, str, str]:
    top = _y(one.value, most)
    return (
        _n(_LEFT + step * (at + _GAP / 2)),
        _n(top),
        _n(step * (1 - _GAP)),
        _n(HEIGHT - _BOTTOM - top),
    )


def _line(points: Sequence[Point], step: float, most: float) -> SafeString:
    """What is usual, as a broken line; where it is not known, nothing."""
    pieces = [
        f"{'M' if at == 0 or points[at - 1].usual is None else 'L'}"
        f"{_n(_LEFT + step * at)} {_n(_y(one.usual, most))}H{_n(_LEFT + step * (at + 1))}"
        for at, one in enumerate(points)
        if one.usual is not None
    ]
    if not pieces:
        return SafeString("")
    return format_html(
        '<path d="{}" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="5 4"/>',
        "".join(pieces),
    )


def _axis(most: float) -> SafeString:
    """The ground and the height of the highest."""
    ground, top = HEIGHT - _BOTTOM, _y(most, most)
    return format_html(
        '<path d="M{left} {ground}H{right}M{left} {top}H{right}" fill="none"'
        ' stroke="currentColor" stroke-opacity="0.3"/>'
        '<text x="{text}" y="{high}" text-anchor="end" fill="currentColor" font-size="12">{most}</text>'
        '<text x="{text}" y="{ground}" text-anchor="end" fill="currentColor" font-size="12">0</text>',
        left=_LEFT,
        right=WIDTH,
        ground=ground,
        top=_n(top),
        text=_LEFT - 6,
        high=_n(top + 4),
        most=_n(most),
    )


def _labels(points: Sequence[Point], step: float) -> SafeString:
    every = -(-len(points) // _LABELS)
    return format_html_join(
        "",
        '<text x="{}" y="{}" fill="currentColor" font-size="12">{}</text>',
        (
            (_n(_LEFT + step * at), HEIGHT - 6, one.label)
            for at, one in enumerate(points)
            if at % every == 0
        ),
    )


def _y(value: float, most: float) -> float:
    return _TOP + (HEIGHT - _BOTTOM - _TOP) * (1 - value / most)


def _n(value: float) -> str:
    """Short, and with a point whatever the language."""
    return f"{value:.1f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"
