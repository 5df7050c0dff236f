"""The stand-in in process, and the harbour's place on it."""

import pytest

from tests.standins.base.calling import Calling
from tests.standins.googlebusiness import BusinessStandin
from tests.standins.googlebusiness.calling import connected


@pytest.fixture
def standin(business_in_process: BusinessStandin) -> BusinessStandin:
    return business_in_process


@pytest.fixture
def desk(standin: BusinessStandin) -> Calling:
    return connected(standin)
