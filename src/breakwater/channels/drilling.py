"""A workspace that is for practice has practice accounts and no others."""

from uuid import UUID

from breakwater.channels.selectors import lives_inside
from breakwater.domain.errors import Problem
from breakwater.people.models import Workspace


def check_network(workspace_id: UUID, network: str) -> None:
    """Nothing, or Problem("drill_practice") for a real network in a drill's workspace."""
    if lives_inside(network):
        return
    if Workspace.objects.filter(pk=workspace_id, drill=True).exists():
        raise Problem(code="drill_practice")
