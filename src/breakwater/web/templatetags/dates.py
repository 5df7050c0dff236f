"""In place of Django's filter in every template, so that no day is written otherwise than `core.dates` writes it."""

from datetime import date

from django import template

from breakwater.core.dates import dated

register = template.Library()


@register.filter("date", expects_localtime=True)
def dated_by(value: object, form: str = "DATE_FORMAT") -> str:
    """Nothing for what is no day, as Django's does."""
    return dated(value, form) if isinstance(value, date) else ""
