"""What the tests of the lead department's pages share: a month that two of three communes have sent."""

from typing import Any

from django.test import Client
from django.urls import reverse

from indicators.models import Figure
from indicators.tables.confirm import ConfirmRow
from tests.builders import World, at, fill, make_world
from units import clock


def sent_world() -> World:
    """Three communes; Hiếu (5 ha) and Pờ Ê (0 ha) have sent July, Măng Cành is drafting 777 ha."""
    world = make_world(communes=3)
    with clock.set_to(at("2024-07-15")):
        fill(world, 0, che="5", ca_phe="2")
        world.send(0)
        fill(world, 1)
        world.send(1)
        world.enter("che", "777", commune=2)
    return world


def url(world: World, name: str = "confirm", code: str = "che") -> str:
    return reverse(f"indicators:{name}", args=[world.indicators[code].pk, world.period(1).pk])


def get(client: Client, world: World, person: str, address: str, day: str = "2024-07-16") -> Any:
    client.force_login(world.people[person])
    with clock.set_to(at(day)):
        return client.get(address)


def post(client: Client, world: World, person: str, address: str, data: dict[str, Any] | None = None) -> Any:
    client.force_login(world.people[person])
    with clock.set_to(at("2024-07-16")):
        return client.post(address, data or {})


def rows_of(client: Client, world: World) -> dict[str, ConfirmRow]:
    """The lines of the page of tea, by unit."""
    table = get(client, world, "reviewer", url(world)).context["table"]
    return {row.unit_name: row for row in table.rows}


def is_confirmed(figure: Figure) -> bool:
    figure.refresh_from_db()
    return figure.confirmed_version_id is not None


def seen(world: World, *communes: int) -> dict[str, str]:
    """The lines of tea as the page shows them now."""
    figures = [world.figure("che", commune) for commune in communes]
    return {f"seen-{figure.pk}": str(figure.sent_version_id or "") for figure in figures}
