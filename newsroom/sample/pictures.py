"""Every picture of the sample newsroom is drawn here: no photograph, nobody's likeness, the same each time."""

from io import BytesIO

from PIL import Image

from newsroom.sample import country, rooms, streets, waters
from newsroom.sample.canvas import Canvas
from newsroom.sample.portraits import SITTERS, bust

SCENES = {
    scene.__name__: scene
    for scene in (
        country.burn,
        country.orchard,
        country.power,
        country.silos,
        country.smoke,
        country.watertower,
        rooms.ballots,
        rooms.books,
        rooms.desks,
        rooms.forge,
        rooms.hooks,
        rooms.ward,
        streets.busstop,
        streets.capitol,
        streets.crisis,
        streets.datacenter,
        streets.edge,
        streets.flats,
        streets.homes,
        streets.school,
        waters.canal,
        waters.ferry,
        waters.mill,
        waters.reservoir,
        waters.salmon,
    )
}


def scene(name: str, *, width: int = 1920) -> bytes:
    """A JPEG of one of ``SCENES``, three wide and two high, ``width`` pixels across."""
    canvas = Canvas((1920, 1280), width=width, seed=name)
    SCENES[name](canvas)
    return _jpeg(canvas.finished())


def portrait(name: str, *, width: int = 800) -> bytes:
    """A square JPEG of one of ``SITTERS``: shoulders, head and hair in flat colours, no face."""
    canvas = Canvas((800, 800), width=width, seed=name)
    bust(canvas, SITTERS[name])
    return _jpeg(canvas.finished())


def _jpeg(image: Image.Image) -> bytes:
    file = BytesIO()
    image.save(file, "JPEG", quality=88)
    return file.getvalue()
