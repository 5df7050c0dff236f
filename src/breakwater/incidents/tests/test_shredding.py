"""An image of a minor is shredded while its delete waits: the post still goes."""

from datetime import timedelta

from tests.people import make_member, make_person

from breakwater.delivery.models import Delivery
from breakwater.evidence.models import Capture
from breakwater.evidence.services import minor
from breakwater.incidents.services import containing, progress
from breakwater.incidents.tests.world import LATER, channels, deletes, intrude, seal_all
from breakwater.people.models import Workspace
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import Access, access
from breakwater.strays.tests.world import NOW


def test_a_post_whose_package_was_shredded_goes_with_its_address_sealed_anew(
    by_bob: Access, harbour_workspace: Workspace
) -> None:
    alarm = intrude(channels(harbour_workspace, 1), 1)
    containing.begin(by_bob, alarm, via="page", now=NOW)
    seal_all(now=LATER)
    progress.advance_all(LATER)
    (removal,) = deletes()
    lost = removal.needs_blob

    make_member(harbour_workspace, mia := make_person("mia"), Role.OWNER)
    for one in (by_bob, access(mia, harbour_workspace.slug, Right.RESPOND)):
        minor(one, Capture.objects.get(), now=LATER)
    stopped = {"state": "needs_human", "reason": "no_evidence"}  # as the door says without the file
    Delivery.objects.filter(pk=removal.pk).update(**stopped)
    later = LATER + timedelta(seconds=40)
    progress.advance_all(later)
    removal.refresh_from_db()
    assert removal.state == "needs_human"

    seal_all(now=later)
    progress.advance_all(later + timedelta(seconds=40))

    removal.refresh_from_db()
    assert (removal.state, removal.reason) == ("queued", "")
    assert removal.needs_blob == Capture.objects.get().blob != lost
