"""A network's manifest as the API shows it."""

from django.utils.translation import gettext

from breakwater.api.schemas.channels import CapabilityOut, FieldOut, LimitsOut, NetworkOut
from breakwater.channels.selectors import purposes
from breakwater.networks.base import Limits, Manifest


def network_out(manifest: Manifest, *, lacks_keys: bool) -> NetworkOut:
    return NetworkOut(
        slug=manifest.slug,
        name=gettext(manifest.name),
        auth=manifest.auth.value,
        default_origin=manifest.default_origin,
        one_server=manifest.one_server,
        asks_keys=manifest.app is not None,
        lacks_keys=lacks_keys,
        purposes=[one.value for one in purposes(manifest)],
        fields=[
            FieldOut(
                name=field.name,
                label=gettext(field.label),
                help=gettext(field.help) if field.help else "",
                secret=field.secret,
                default=field.default,
                choices=[value for value, _ in field.choices],
            )
            for field in manifest.fields
        ],
        can=can_out(manifest),
        guarantee=manifest.guarantee.value,
        limits=limits_out(manifest.limits),
    )


def can_out(manifest: Manifest) -> dict[str, CapabilityOut]:
    return {
        what.value: CapabilityOut(
            answer=row.answer.value,
            note=row.note,
            source=row.source,
            read_on=row.read_on,
            proof=row.proof.value,
        )
        for what, row in manifest.can.items()
    }


def limits_out(limits: Limits) -> LimitsOut:
    return LimitsOut(
        text=limits.text.limit,
        unit=limits.text.unit.value,
        text_bytes=limits.text.max_bytes,
        link_cost=limits.text.url_cost,
        pictures=limits.pictures,
        picture_bytes=limits.picture_bytes,
        picture_pixels=limits.picture_pixels,
        picture_types=list(limits.picture_types),
        alt_characters=limits.alt_characters,
    )
