"""What changes persons, workspaces, memberships, invitations and API tokens; one file per story.

Each function checks that its actor may, owns its transaction and writes the audit chain.
"""

from breakwater.people.services.answers import Answer, once
from breakwater.people.services.arrivals import (
    accept_invitation,
    first_owner,
    invite,
    revoke_invitation,
)
from breakwater.people.services.members import add_member, change_role, remove_member
from breakwater.people.services.persons import (
    add_person,
    end_sessions,
    rename,
    set_administrator,
    set_password,
    update_profile,
)
from breakwater.people.services.tokens import (
    bearer_access,
    create_token,
    proved_token,
    revoke_all,
    revoke_token,
    token_access,
)
from breakwater.people.services.workspaces import create_workspace, update_workspace

__all__ = [
    "Answer",
    "accept_invitation",
    "add_member",
    "add_person",
    "bearer_access",
    "change_role",
    "create_token",
    "create_workspace",
    "end_sessions",
    "first_owner",
    "invite",
    "once",
    "proved_token",
    "remove_member",
    "rename",
    "revoke_all",
    "revoke_invitation",
    "revoke_token",
    "set_administrator",
    "set_password",
    "token_access",
    "update_profile",
    "update_workspace",
]
