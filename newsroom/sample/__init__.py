"""An invented publication that fills a newsroom on its first start, so that it opens on something worth reading."""
