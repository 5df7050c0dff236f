"""The draft of a statement of an incident, held against what such a statement has to say, whoever edits
it (domain.statements)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from breakwater.domain.statements import check_text
from breakwater.publishing.content import Content
from breakwater.publishing.finding import STOP, WARN, Finding, Report
from breakwater.publishing.ruling import texts_of


def with_statement(report: Report, statement: Mapping[str, Any], content: Content) -> Report:
    """The report, and what is missing in the text of each channel or claimed without proof in any text.
    statement: as the post has it; {} for a statement from before that was kept."""
    kind, proved = str(statement.get("kind", "")), bool(statement.get("proved"))
    targets = content.targets.values()
    sent = {content.text if one.text is None else one.text for one in targets} or {content.text}
    found = [
        one
        for text in sorted(sent)
        for one in check_text(kind, [text, *content.thread], proved=proved)
    ]
    found += check_text("", texts_of(content), proved=proved)
    once = {
        one.code: Finding(STOP if one.stop else WARN, one.code, data=one.data or {})
        for one in found
    }
    return replace(report, findings=(*report.findings, *once.values()))
