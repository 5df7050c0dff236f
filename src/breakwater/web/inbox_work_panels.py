"""Above a conversation: who looks after it, by when an answer is wanted, and what a team can do."""

from breakwater.people.roles import Right
from breakwater.web.inbox_panels import Panel, Sight
from breakwater.web.inbox_words import due_of
from breakwater.web.inbox_work import later_of


def work(sight: Sight) -> Panel:
    """No query. Its labels come with the notes (inbox_notes.among)."""
    thread, may = sight.thread, sight.access.may(Right.ANSWER)
    return Panel(
        "top",
        "inbox/work.html",
        {
            "thread": thread,
            "upto": max((item.pk for item in sight.items), default=0),
            "mine": thread.assignee_id == sight.access.person.pk,
            "due": due_of(thread, sight.now, sight.access.workspace.zone),
            "moments": later_of(sight.access, sight.now) if may else [],
            "may": may,
        },
    )
