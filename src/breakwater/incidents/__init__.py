"""When something went wrong: contain, decide, say, measure, prevent."""
