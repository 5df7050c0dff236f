"""Sentences about scoring: what a workspace's own words and corrections may be."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SCORING: dict[str, str | Promise] = {
    "term_empty": _("Write at least one word. Nothing was added."),
    "term_too_long": _("A term has at most %(limit)s characters. Nothing was added."),
    "term_many": _("There are %(limit)s terms already. Remove some that are not needed any more."),
    "scored_too_long": _("The text is longer than %(limit)s characters."),
    "scored_too_much": _(
        "The texts have more than %(limit)s characters together. Ask in several calls."
    ),
    "explained_too_many": _("At most %(limit)s texts are explained at once. Ask in several calls."),
    "correction_head": _("Say what the text has that it should be veiled for."),
    "correction_agreed": _("That is what is said of it already. Nothing was changed."),
    "correction_term": _(
        "One of this workspace's words veils this text. Remove the term if it should not."
    ),
    "correction_unscored": _("Nothing is said of this text, so there is nothing to correct."),
    "scorer_missing": _("No second opinion of this name is installed."),
    "scorer_field": _("This is needed, on one line of at most 500 characters."),
    "scorer_address": _(
        "Write an address that begins with https://, or with http:// for a server on this machine."
    ),
    "scorer_band": _("The chances are between %(low)s and %(high)s, the first below the second."),
    "scorer_daily": _("Write how many calls a day, from 1 to %(limit)s."),
    "scorer_price": _("Write a price from 0 to 1000 dollars."),
    "scorer_most": _("Write how many texts a call, at least one."),
    "scorer_later": _("The server could not answer. It is asked again."),
    "scorer_key": _("The server does not take this key. Enter another one."),
    "scorer_sealed": _(
        "What was entered cannot be unsealed any more. Enter it again, with its key."
    ),
    "scorer_closed": _(
        "This installation may not call that address. For a server on this machine, name its "
        "origin in BREAKWATER_ALLOWED_ORIGINS."
    ),
    "scorer_refused": _("The server does not take what it is asked. Check the address and model."),
    "scorer_silent": _("The server did not answer in time. It is asked again."),
    "scorer_extra": _(
        "onnxruntime and tokenizers are not installed here. Whoever runs Breakwater installs its "
        "extra onnx."
    ),
    "scorer_no_folder": _(
        "There is no folder of that name among the models of this machine. Nothing was asked."
    ),
    "scorer_no_model": _("There is no model.onnx in that folder. Nothing was asked."),
    "scorer_no_tokenizer": _("There is no tokenizer.json in that folder. Nothing was asked."),
    "scorer_no_mapping": _("There is no breakwater.json in that folder. Nothing was asked."),
    "scorer_mapping": _(
        "breakwater.json cannot be understood. docs/scoring/onnx.md says how it is written."
    ),
    "scorer_labels": _(
        "The labels in breakwater.json do not fit: each column of the model needs one, in order, with "
        "abusive, insult, threat, identity_hate, sexual or null, and not null for all."
    ),
    "scorer_tokenizer": _("tokenizer.json cannot be read. Put the one that belongs to the model."),
    "scorer_model": _(
        "model.onnx cannot be used. It is damaged, or takes something else than input_ids, "
        "attention_mask and token_type_ids of any length. The log of the worker says more."
    ),
    "scorer_broke": _("The plug-in does not work as it should. It is tried again."),
    "budget_used": _("The calls of today are used up. It goes on tomorrow."),
}
