"""Charts drawn by the server from a table in a text.

A package of its own and not a part of richtext: richtext is about what a text may hold and who may trust it, this
about numbers and lines. It knows nothing but the table it is given; richtext asks it as it asks for pictures.
"""
