"""What stand-ins of Google's networks share: the door, error bodies, discovery documents."""
