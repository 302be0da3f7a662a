from accounts.actors import Sample
from images.intake import receive
from images.renditions import complete
from tests.images import draw


def make_image(content=None, *, finished=False, **fields):
    """A picture taken in as people send them; ``finished`` with all its renditions, as after the task."""
    wording = {"alt": "Three coloured fields", "credit": "Nora Paint"} | fields
    sent = draw.upload(content or draw.jpeg(), wording.pop("name", "IMG_0815 private.jpg"))
    image = receive(sent, anyway=wording.pop("anyway", True), by=wording.pop("by", Sample()), **wording)
    if finished:
        complete(image)
    return image
