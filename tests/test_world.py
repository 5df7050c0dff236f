"""The world of the tests is what it says it is."""

from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Page
from pytest_django import DjangoDbBlocker

from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Right
from breakwater.people.selectors import access
from tests.cluster import Cluster


def test_the_data_lie_in_a_temporary_folder() -> None:
    assert "breakwater-tests-" in str(settings.DATA)


def test_ann_writes_and_bob_approves(
    ann: Person, bob: Person, harbour_workspace: Workspace
) -> None:
    assert not access(ann, "harbour", Right.WRITE).may(Right.APPROVE)
    assert access(bob, "harbour", Right.APPROVE).workspace == harbour_workspace


def test_a_person_signs_in_with_the_password(ann: Person, password: str) -> None:
    assert ann.check_password(password)


@pytest.mark.django_db(transaction=True)
def test_a_transactional_test_runs_in_a_file_of_its_own(
    django_db_blocker: DjangoDbBlocker,
) -> None:
    name = str(connection.settings_dict["NAME"])

    if connection.vendor == "sqlite":
        assert Path(name).parent == settings.DATA
    else:
        assert name.startswith("test_breakwater")


@pytest.mark.slow
def test_a_cluster_starts_stops_and_starts_again(postgresql_cluster: Cluster) -> None:
    with psycopg.connect(postgresql_cluster.url) as link:
        link.execute("CREATE TABLE kept (what text)")
        assert link.execute("SHOW fsync").fetchone() == ("on",)

    postgresql_cluster.stop("immediate")
    postgresql_cluster.start()

    with psycopg.connect(postgresql_cluster.url) as link:
        assert link.execute("SELECT count(*) FROM kept").fetchone() == (0,)


@pytest.mark.slow
def test_the_browser_shows_a_page(page: Page) -> None:
    page.set_content("<title>Harbour</title><main>calm</main>")

    assert page.title() == "Harbour"
    assert page.inner_text("main") == "calm"
