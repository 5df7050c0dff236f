"""Second opinions: one file for each kind of server that is asked. They know no Django."""
