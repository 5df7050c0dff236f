"""What changes a workspace's guidelines."""
