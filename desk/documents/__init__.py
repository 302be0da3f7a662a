"""Documents on the desk: the list, one document, uploading."""
