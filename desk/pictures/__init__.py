"""The picture library on the desk: the list, one picture, uploading, and wording for several."""
