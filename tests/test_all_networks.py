"""Draft."""
from pathlib import Path
import pytest
from pytest_django import Settings
from breakwater.core import clock
from breakwater.core.ids import new_id
from breakwater.delivery.services import Answer, answer, do
from breakwater.delivery.models import Delivery
from breakwater.people.models import Person, Workspace
from breakwater.publishing.selectors import deliveries_of
from tests.worlds.desk import Desk
from tests.worlds.every import WORLDS

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("slug", sorted(WORLDS))
def test_story(slug: str, harbour_workspace: Workspace, ann: Person, bob: Person, tmp_path: Path, settings: Settings) -> None:
    with WORLDS[slug]().standing() as world:
        desk = Desk.at(world, harbour_workspace, ann, bob, tmp_path, settings)
        channel = desk.connect(); print(slug, channel.remote_id, channel.handle); return
        post = desk.publish(channel, "Fresh mussels tonight")
        (row,) = deliveries_of(post)
        desk.run_to([row], "verified")
        assert world.public() == ["Fresh mussels tonight"]
        world.says(row.remote_id, "Until when?")
        came = desk.listen(lambda one: "Until when?" in one.text)
        said = answer(channel, Answer("Until ten.", to_post=came.remote_id, root=came.about), request=new_id(), by=ann.pk, now=clock.now())
        desk.run_to([said], "verified")
        print(world.public(), came.about, came.parent, came.thread)
