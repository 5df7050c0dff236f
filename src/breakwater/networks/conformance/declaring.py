"""The manifest: it says all, says where it knows it from, and what it denies is really not there."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from breakwater.domain.errors import Refused, Unsupported
from breakwater.networks.base import (
    Act,
    Answer,
    Ask,
    AuthKind,
    Can,
    Connector,
    Deed,
    Manifest,
    Source,
)
from breakwater.networks.conformance.making import Keep, open_, parcel
from breakwater.networks.conformance.subject import Check, Subject

_REPLIES = (Can.THREAD, Can.FIRST_COMMENT, Can.REPLY, Can.ANSWER_REVIEW)


async def says_unsupported_for_what_the_manifest_denies(subject: Subject) -> None:
    connector = open_(subject)
    for can, call in (await _calls(subject, connector)).items():
        if subject.manifest.allows(can):
            continue
        try:
            await call()
        except Unsupported:
            continue
        raise AssertionError(f"{can.value} is denied by the manifest, yet the call did not say so")


async def sends_no_answer_as_a_post(subject: Subject) -> None:
    """A reply or a message that the network cannot send must not appear as a post of its own."""
    manifest, simple = subject.manifest, await parcel(subject, "Only for you.")
    if not any(manifest.allows(can) for can in _REPLIES):
        await _not_prepared(subject, replace(simple, reply_to="1", root="1"))
    if not manifest.allows(Can.SEND_MESSAGE):
        await _not_prepared(subject, replace(simple, to="1"))


async def manifest_says_where_it_knows_things_from(subject: Subject) -> None:
    manifest = subject.manifest

    assert set(manifest.can) == set(Can), "each capability has an answer"
    for can, capability in manifest.can.items():
        assert capability.source, f"{can.value} has no source"
        date.fromisoformat(capability.read_on)
        assert capability.note or capability.answer is not Answer.NO, f"{can.value}: no, and why?"
    assert manifest.limits.source, "the limits have no source"
    date.fromisoformat(manifest.limits.read_on)
    for budget in manifest.budgets:
        assert budget.source, f"{budget.name} has no source"
        date.fromisoformat(budget.read_on)
    for call, price in manifest.prices.items():
        assert price.source, f"the price of {call} has no source"
        date.fromisoformat(price.read_on)


async def every_option_can_be_answered(subject: Subject) -> None:
    manifest, connector = subject.manifest, open_(subject)
    names = [option.name for option in manifest.options]
    assert len(names) == len(set(names)), f"two options share a name: {names}"
    forms = {form.name for form in manifest.forms} | subject.not_posts
    for option in manifest.options:
        assert set(option.forms) <= forms, f"{option.name} is asked of forms that are not there"
        if option.ask is not Ask.CHOICE:
            continue
        offered = [value for value, _ in option.choices]
        if option.of_account:
            offered = [choice.value for choice in await connector.choices(option.name)]
        assert offered, f"{option.name} has no choices"
        assert len(offered) == len(set(offered)), f"{option.name} offers something twice"
        assert option.default in ("", *offered) or option.of_account, f"{option.name}: its default"


async def manifest_agrees_with_itself(subject: Subject) -> None:
    manifest = subject.manifest

    _forms_agree(manifest)
    assert set(manifest.polls) <= set(Source), f"unknown sources: {dict(manifest.polls)}"
    assert all(seconds > 0 for seconds in manifest.polls.values()), "a poll without a pause"
    assert manifest.allows(Can.PROFILE) is (manifest.profile_s > 0), "profile and pauses disagree"
    budgets = {budget.name for budget in manifest.budgets}
    for call, cost in manifest.costs.items():
        assert set(cost) <= budgets, f"{call} costs of a budget that is not there"
    if manifest.auth is AuthKind.OAUTH and manifest.app is not None:
        assert manifest.app.steps, "the administrator is told no steps"
        assert manifest.app.fields, "the administrator has nothing to copy back"
    if subject.network is not None:
        pushes = manifest.allows(Can.PUSH)
        assert pushes is (subject.network.hooks is not None), "pushes and hooks do not agree"


def _forms_agree(manifest: Manifest) -> None:
    names = [form.name for form in manifest.forms]
    assert len(names) == len(set(names)), f"two forms share a name: {names}"
    for form in manifest.forms:
        for kind, (fewest, top) in form.takes.items():
            assert 0 <= fewest <= top, f"{form.name}: {fewest} to {top} of {kind.value}"
        fewest = sum(fewest for fewest, _ in form.takes.values())
        assert not form.most or form.most >= fewest, f"{form.name} can never be"
        assert form.text_shown or not form.text_needed, f"{form.name} needs words that it hides"


async def _not_prepared(subject: Subject, said: Any) -> None:
    try:
        await open_(subject).prepare(said, {}, Keep())
    except (Unsupported, Refused):
        return
    raise AssertionError("an answer that the network does not have was prepared as a post")


async def _calls(
    subject: Subject, connector: Connector
) -> Mapping[Can, Callable[[], Awaitable[Any]]]:
    """What asks for each capability that is a call of its own."""
    simple = await parcel(subject, "Changed.")

    def act(deed: Deed) -> Callable[[], Awaitable[Any]]:
        return lambda: connector.act(Act(deed, "1", "1"))

    def poll(source: Source) -> Callable[[], Awaitable[Any]]:
        return lambda: connector.poll(source, "")

    async def streamed() -> None:
        async for _ in connector.stream():
            return

    return {
        Can.DELETE: lambda: connector.delete("1"),
        Can.WITHDRAW: act(Deed.WITHDRAW),
        Can.PIN: act(Deed.PIN),
        Can.READ_BACK: lambda: connector.read("1"),
        Can.TIMELINE: lambda: connector.timeline(1),
        Can.COMMENTS: lambda: connector.comments("1"),
        Can.AD_COMMENTS: poll(Source.AD_COMMENTS),
        Can.MENTIONS: poll(Source.MENTIONS),
        Can.MESSAGES: poll(Source.MESSAGES),
        Can.REVIEWS: poll(Source.REVIEWS),
        Can.EDIT: lambda: connector.edit("1", simple),
        Can.LIKE: act(Deed.LIKE),
        Can.HIDE: act(Deed.HIDE),
        Can.REMOVE: act(Deed.REMOVE),
        Can.MUTE: act(Deed.MUTE),
        Can.BLOCK: act(Deed.BLOCK),
        Can.REPORT: act(Deed.REPORT),
        Can.FOLLOWING: connector.following,
        Can.UNFOLLOW: act(Deed.UNFOLLOW),
        Can.INSIGHTS: connector.insights,
        Can.PROFILE: connector.profile,
        Can.PUSH: lambda: connector.subscribe("https://desk.example/hooks/1"),
        Can.STREAM: streamed,
    }


DECLARING: tuple[Check, ...] = (
    says_unsupported_for_what_the_manifest_denies,
    sends_no_answer_as_a_post,
    manifest_says_where_it_knows_things_from,
    every_option_can_be_answered,
    manifest_agrees_with_itself,
)
