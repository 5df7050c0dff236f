"""What was there before wordings were kept is found by them, too."""

from importlib import import_module

import pytest
from django.apps import apps
from tests.deliveries import MakeDelivery

from breakwater.core import rows
from breakwater.delivery.models import Delivery
from breakwater.domain.text import wording

pytestmark = pytest.mark.django_db
MIGRATION = import_module("breakwater.delivery.migrations.0008_wording")


def test_a_delivery_has_the_wording_of_its_text(queued: MakeDelivery) -> None:
    assert queued("Fresh mussels").wording == wording("Fresh mussels")


def test_deliveries_from_before_get_theirs_whatever_their_payload(
    queued: MakeDelivery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "_AT_ONCE", 2)
    first, second, third = queued("Fog"), queued("Fresh mussels"), queued("Tide")
    Delivery.objects.update(wording="")
    Delivery.objects.filter(pk=first.pk).update(payload=["not", "ours"])

    MIGRATION.remember(apps, None)

    found = dict(Delivery.objects.values_list("pk", "wording"))
    assert found == {
        first.pk: "", second.pk: wording("Fresh mussels"), third.pk: wording("Tide"),
    }  # fmt: skip
