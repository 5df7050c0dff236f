"""What somebody looks for, and whether a text has it: one analyser, one grammar, one law, whether a
list of texts, a database's index or a stream is asked. Pure."""
