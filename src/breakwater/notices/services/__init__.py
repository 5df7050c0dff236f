"""Telling people: notices, the outbox of mails, and the doors that ring for what is urgent."""

from breakwater.notices.services.mails import (
    BACK_OFF,
    TRIES_MAX,
    mail_due,
    mail_invitation,
    send_mails,
)
from breakwater.notices.services.telling import News, mark_read, tell, tell_each

__all__ = [
    "BACK_OFF",
    "TRIES_MAX",
    "News",
    "mail_due",
    "mail_invitation",
    "mark_read",
    "send_mails",
    "tell",
    "tell_each",
]
