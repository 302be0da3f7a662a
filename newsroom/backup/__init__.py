"""One file that holds a whole newsroom: taken while people write, put back into an empty place.

`archive` is the file, `tables` the rows, `files` the pictures; `taking` writes one, `returning` reads one.
docs/decisions/0010-the-backup.md says why it is made this way.
"""
