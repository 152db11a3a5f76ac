"""The rules over everyone: people from files, what a change of the law would do, and where a row comes from."""
