"""A file that came with a request, as a medium of the workspace."""

from typing import BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile

from breakwater.core import clock
from breakwater.media import services
from breakwater.media.models import Asset
from breakwater.people.selectors import Access


def taken_in(access: Access, file: "UploadedFile[bytes]") -> Asset:
    """Raises: as media.services.upload, which reads no more of it than may be kept."""
    return services.upload(
        access.workspace.pk,
        cast("BinaryIO", file),
        file_name=file.name or "",
        by=access.person.pk,
        now=clock.now(),
    )
