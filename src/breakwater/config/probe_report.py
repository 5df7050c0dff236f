"""What a probe of an account found, as text and as JSON."""

import json
from collections import Counter

from breakwater.config.terminal import table
from breakwater.delivery.probing import Report, Skipped, Verdict

_WHY: dict[str, str] = {
    Skipped.NO: "the manifest says no",
    Skipped.NOT_GRANTED: "not granted to this sign-in",
    Skipped.NEEDS_WRITE: "only with --write",
    Skipped.NOTHING_THERE: "there is nothing on the account to try it with",
    Skipped.NEEDS_OTHERS: "needs something of somebody else's, or cannot be taken back",
}


def as_text(report: Report) -> str:
    """Line by line, false ones first; those that the manifest denies are only counted."""
    order = list(Verdict)
    shown = [one for one in report.lines if one.detail != Skipped.NO]
    shown.sort(key=lambda one: (one.verdict is not Verdict.FALSE, order.index(one.verdict)))
    rows = [(one.can.value, one.answer.value, one.verdict.value, _why(one.detail)) for one in shown]
    counted = Counter(one.verdict for one in report.lines)
    denied = sum(one.detail == Skipped.NO for one in report.lines)
    parts = [
        f"{report.channel} on {report.channel.network}, {report.at:%Y-%m-%d %H:%M} UTC",
        table([("ability", "manifest", "here", "why"), *rows]),
        *(f"option {name}: {said}" for name, said in report.choices.items()),
        f"{counted[Verdict.HOLDS]} hold, {counted[Verdict.FALSE]} do not, "
        f"{denied} are not offered by the manifest.",
    ]
    parts += [f"A test post is still there; delete it by hand: {left}" for left in report.left]
    return "\n".join(parts)


def as_json(report: Report) -> str:
    """The same for machines."""
    told = {
        "channel": str(report.channel.pk),
        "network": report.channel.network,
        "handle": report.channel.handle,
        "at": report.at.isoformat(),
        "wrote": report.wrote,
        "sound": report.sound,
        "lines": [
            {
                "can": one.can.value,
                "manifest": one.answer.value,
                "verdict": one.verdict.value,
                "detail": _why(one.detail),
            }
            for one in report.lines
        ],
        "choices": dict(report.choices),
        "left": list(report.left),
    }
    return json.dumps(told, indent=2, ensure_ascii=False)


def _why(detail: str) -> str:
    return _WHY.get(detail, detail.replace("\n", " ")[:200])
