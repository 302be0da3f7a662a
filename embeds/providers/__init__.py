"""The one table of providers: which addresses are theirs, and which frame shows what such an address names.

A frame's address is never the one that was pasted: it is written anew from parts that a strict pattern has let
through. Whatever is not in the table becomes a link. To add a provider, add its ways here and an address of each to
the tests.
"""

from embeds.providers import figures, films, maps, posts, sounds

PROVIDERS = (*films.PROVIDERS, *sounds.PROVIDERS, *figures.PROVIDERS, *posts.PROVIDERS, *maps.PROVIDERS)
BY_HOST = {host: provider for provider in PROVIDERS for host in provider.hosts}
