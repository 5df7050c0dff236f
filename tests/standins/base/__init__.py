"""What all stand-ins are made of: requests and replies, a socket, tricks, an OAuth door."""
