"""What a manifest says besides the abilities, line by line: limits, forms, options, budgets, prices,
looks and scopes. No model is imported, as in `manifest_words`."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from breakwater.core.money import amount
from breakwater.domain.text import Counting, Unit
from breakwater.networks.base import (
    Ask,
    Budget,
    Form,
    Kind,
    Limits,
    Manifest,
    Option,
    Price,
    VideoLimits,
)
from breakwater.web.call_words import BUDGETS, CALLS, budget_word, call_word
from breakwater.web.manifest_words import PURPOSES, SOURCES, day, translated

_CALLED = {"quicktime": "MOV", "x-matroska": "MKV", "x-msvideo": "AVI", "x-flv": "FLV"}
_IN_SECONDS = 90
"""A minute and a half is still said so."""
_SPANS = ((86_400, "day"), (3600, "hour"), (60, "minute"))


@dataclass(frozen=True)
class Line:
    """A name and its value; where it was read, and on which day. codes: words for machines; coded:
    the name is one."""

    name: str | Promise
    value: str
    source: str = ""
    iso: str = ""
    codes: tuple[str, ...] = ()
    coded: bool = False

    @property
    def link(self) -> str:
        return self.source if self.source.startswith("https://") else ""

    @property
    def read_on(self) -> str:
        return day(self.iso)


@dataclass(frozen=True)
class Section:
    title: str | Promise
    lines: tuple[Line, ...]


def sections(manifest: Manifest) -> list[Section]:
    """All that there is to say; what a network does not have is left out."""
    told: list[tuple[str | Promise, Iterable[Line]]] = [
        (
            _("What it accepts"),
            [*limit_lines(manifest.limits), *_pace(manifest.limits), *_read(manifest.limits)],
        ),
        (_("Shapes of a post"), map(_form, manifest.forms)),
        (_("What can be chosen for a post"), map(_option, manifest.options)),
        (_("How often Breakwater looks"), _looks(manifest)),
        (_("How many calls it allows"), map(_budget, manifest.budgets)),
        (_("What a call costs"), _prices(manifest)),
        (_("What it is asked for"), scope_lines(manifest)),
    ]
    made = [Section(title, tuple(lines)) for title, lines in told]
    return [one for one in made if one.lines]


def limit_lines(limits: Limits) -> list[Line]:
    """Each limit of an account as a sentence that a person can use."""
    kinds = _kinds(limits.picture_types)
    lines = [
        Line(gettext("Text"), _counted(limits.text)),
        Line(gettext("Pictures"), _pictures(limits, kinds)),
        Line(
            gettext("Picture description"),
            gettext("up to %(n)s characters") % {"n": _number(limits.alt_characters)},
        ),
    ]
    if limits.video is not None:
        lines.append(Line(gettext("Videos"), _video(limits.video)))
    if limits.document_bytes:
        size = gettext("up to %(size)s") % {"size": _size(limits.document_bytes)}
        lines.append(Line(gettext("Documents"), size))
    if limits.text.url_cost is not None:
        cost = gettext("each counts as %(n)s characters") % {"n": limits.text.url_cost}
        lines.insert(1, Line(gettext("Links"), cost))
    return lines


def _pace(limits: Limits) -> list[Line]:
    if not limits.posts_per_hour:
        return []
    most = gettext("%(n)s; more are taken for a fault, and the channel is held") % {
        "n": limits.posts_per_hour
    }
    return [Line(gettext("Posts in an hour"), most)]


def _read(limits: Limits) -> list[Line]:
    own = gettext("Where an account tells its own limits, those hold.")
    return [Line(gettext("Source"), own, limits.source, limits.read_on)]


def _form(form: Form) -> Line:
    parts = [_several(kind, *form.takes[kind]) for kind in Kind if kind in form.takes]
    if form.most:
        parts.append(gettext("%(n)s together at most") % {"n": form.most})
    if not form.text_shown:
        parts.append(gettext("no words"))
    elif form.text is not None:
        parts.append(gettext("words: %(much)s") % {"much": _counted(form.text)})
    if form.text_needed:
        parts.append(gettext("words are needed"))
    if form.video is not None:
        parts.append(gettext("video: %(what)s") % {"what": _video(form.video)})
    if form.asked:
        parts.append(gettext("only when a person chooses it"))
    return Line(translated(form.label), _one_after_another(parts) or gettext("words alone"))


def _one_after_another(parts: Sequence[str]) -> str:
    """In one line, as the reader's language sets a semicolon."""
    said = ""
    for part in parts:
        said = gettext("%(one)s; %(other)s") % {"one": said, "other": part} if said else part
    return said


def _several(kind: Kind, least: int, most: int) -> str:
    if least == most:
        return _ONE[kind](most) % {"n": most}
    if least == 0:
        return _UP_TO[kind](most) % {"n": most}
    return str(_RANGE[kind]) % {"n": least, "most": most}


_ONE: Mapping[Kind, Callable[[int], str]] = {
    Kind.PICTURE: lambda n: ngettext("%(n)s picture", "%(n)s pictures", n),
    Kind.VIDEO: lambda n: ngettext("%(n)s video", "%(n)s videos", n),
    Kind.DOCUMENT: lambda n: ngettext("%(n)s document", "%(n)s documents", n),
}
_UP_TO: Mapping[Kind, Callable[[int], str]] = {
    Kind.PICTURE: lambda n: ngettext("up to %(n)s picture", "up to %(n)s pictures", n),
    Kind.VIDEO: lambda n: ngettext("up to %(n)s video", "up to %(n)s videos", n),
    Kind.DOCUMENT: lambda n: ngettext("up to %(n)s document", "up to %(n)s documents", n),
}
_RANGE: Mapping[Kind, str | Promise] = {
    Kind.PICTURE: _("%(n)s to %(most)s pictures"),
    Kind.VIDEO: _("%(n)s to %(most)s videos"),
    Kind.DOCUMENT: _("%(n)s to %(most)s documents"),
}


def _option(option: Option) -> Line:
    return Line(translated(option.label), _one_after_another(_asked(option)))


def _asked(option: Option) -> list[str]:
    parts = []
    if option.ask is Ask.CHOICE and option.choices:
        words = ", ".join(translated(label) for _value, label in option.choices)
        parts.append(gettext("one of: %(words)s") % {"words": words})
    if option.of_account:
        parts.append(gettext("what the account itself offers"))
    if option.ask is Ask.TEXT:
        parts.append(gettext("up to %(n)s characters") % {"n": option.longest})
    if option.ask is Ask.FLAG:
        parts.append(gettext("yes or no"))
    if option.ask is Ask.MOMENT:
        parts.append(gettext("a day and a time"))
    if option.needed:
        parts.append(gettext("there is no post without it"))
    if option.help:
        parts.append(translated(option.help))
    return parts


def _looks(manifest: Manifest) -> list[Line]:
    known = {source.value: str(word) for source, word in SOURCES.items()}
    looks = {known.get(name, name): seconds for name, seconds in manifest.polls.items()}
    if manifest.profile_s:
        looks[gettext("The account's profile")] = manifest.profile_s
    return [
        Line(word, gettext("every %(time)s") % {"time": time_word(seconds)})
        for word, seconds in looks.items()
    ]


def _budget(budget: Budget) -> Line:
    data = {"n": _number(budget.units), "time": time_word(budget.window_s)}
    said = (
        gettext("%(n)s in %(time)s, of all accounts together")
        if budget.whole_app
        else gettext("%(n)s in %(time)s, of each account")
    )
    coded = budget.name not in BUDGETS
    name = budget.name if coded else budget_word(budget.name)
    return Line(name, said % data, budget.source, budget.read_on, coded=coded)


def _prices(manifest: Manifest) -> list[Line]:
    return [_price(call, price) for call, price in manifest.prices.items()]


def _price(call: str, price: Price) -> Line:
    coded = call not in CALLS
    name = call if coded else call_word(call)
    return Line(name, _dollars(price.micros), price.source, price.read_on, coded=coded)


def scope_lines(manifest: Manifest) -> list[Line]:
    """What the network is asked for, for each purpose; of a wider one what it adds to the one before."""
    if not manifest.scopes and not manifest.scopes_always:
        return []
    lines: list[Line] = []
    before: tuple[str, ...] = ()
    for purpose in manifest.purposes():
        scopes = manifest.scopes_for(purpose)
        added = tuple(one for one in scopes if one not in before)
        said = gettext("and besides:") if before else ""
        lines.append(Line(PURPOSES[purpose], said, codes=added))
        before = scopes
    return lines


def _dollars(micros: int) -> str:
    """Never rounded: a price of a thousandth of a dollar is one."""
    return gettext("%(dollars)s US dollars") % {"dollars": amount(micros)}


def time_word(seconds: int) -> str:
    """The largest unit that says it whole."""
    for size, unit in _SPANS:
        if seconds % size == 0:
            n = seconds // size
            return {
                "day": ngettext("%(n)s day", "%(n)s days", n),
                "hour": ngettext("%(n)s hour", "%(n)s hours", n),
                "minute": ngettext("%(n)s minute", "%(n)s minutes", n),
            }[unit] % {"n": n}
    return ngettext("%(n)s second", "%(n)s seconds", seconds) % {"n": seconds}


def _video(video: VideoLimits) -> str:
    kinds = _kinds(video.types)
    parts = []
    if video.most_bytes:
        parts.append(gettext("up to %(size)s") % {"size": _size(video.most_bytes)})
    if video.least_s:
        parts.append(gettext("at least %(time)s") % {"time": _span(video.least_s)})
    if video.most_s:
        parts.append(gettext("at most %(time)s") % {"time": _span(video.most_s)})
    return ", ".join([*parts, kinds])


def _counted(text: Counting) -> str:
    data = {"n": _number(text.limit), "bytes": _number(text.max_bytes or 0)}
    if text.unit is Unit.BYTES:
        return gettext("up to %(n)s bytes") % data
    if text.max_bytes:
        return gettext("up to %(n)s characters, and %(bytes)s bytes") % data
    return gettext("up to %(n)s characters") % data


def _pictures(limits: Limits, kinds: str) -> str:
    data = {
        "n": limits.pictures,
        "size": _size(limits.picture_bytes),
        "kinds": kinds,
    }
    return (
        ngettext(
            "up to %(n)s picture of at most %(size)s (%(kinds)s)",
            "up to %(n)s pictures of at most %(size)s each (%(kinds)s)",
            limits.pictures,
        )
        % data
    )


def _kinds(mimes: Iterable[str]) -> str:
    """As files of these kinds are called."""
    names = (mime.partition("/")[2] for mime in mimes)
    return ", ".join(_CALLED.get(name, name.upper()) for name in names)


def _size(size: int) -> str:
    """In MB or GB, to a tenth."""
    if size >= 1_000_000_000:
        return gettext("%(n)s GB") % {"n": _tenths(size / 1_000_000_000)}
    return gettext("%(n)s MB") % {"n": _tenths(size / 1_000_000)}


def _tenths(number: float) -> str:
    tenths = round(number * 10)
    return str(number_format(tenths / 10, 1) if tenths % 10 else tenths // 10)


def _number(number: int) -> str:
    """With its thousands set apart, as the reader's language does."""
    return str(number_format(number, 0, force_grouping=True))


def _span(seconds: float) -> str:
    """A length of time; short ones and fractions in seconds."""
    if seconds <= _IN_SECONDS or seconds != int(seconds):
        return gettext("%(n)s s") % {"n": number_format(f"{seconds:g}")}
    return time_word(int(seconds))
