"""A workspace's webhooks, by machines."""

from datetime import datetime
from uuid import UUID

from ninja import Field, Schema

from breakwater.api.schemas.base import Wish


class WebhookOut(Schema):
    """used_at: when it last took a message. trouble: why the last try did not get through; "" when
    it did."""

    id: UUID
    name: str
    url: str
    on: bool
    used_at: datetime | None
    trouble: str


class WebhooksOut(Schema):
    items: list[WebhookOut]


class WebhookMadeOut(WebhookOut):
    """secret: `whsec_…` of Standard Webhooks, with which its receiver checks signatures."""

    secret: str | None


class WebhookWish(Wish):
    """url: begins with https://."""

    name: str = Field(max_length=100)
    url: str = Field(max_length=500)


class WebhookSwitchWish(Wish):
    on: bool
