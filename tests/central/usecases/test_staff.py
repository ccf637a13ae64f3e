"""People of an office: who may be added, and how often somebody may try to sign in."""

from dataclasses import replace

import pytest

from central.store.database import Database
from central.usecases.problems import CallerProblem
from central.usecases.staff import TRIES_OF_ADDRESS, TRIES_OF_USER, TRY_WINDOW_MS, begin_sign_in, put_user
from models.errors import UnreadableInput
from tests.support.central import PASSWORD, Central, an_office, randomness


def put(central: Central, name: str, password: str = PASSWORD, office: str = "hoa-sen") -> bool:
    return central.database.write(
        lambda tx: put_user(tx, office, name, "", ("officer",), password, randomness(), central.clock.now)
    )


@pytest.mark.parametrize("name", ["", "Bình", "binh ", "BINH", "-binh", "b" * 41, "binh\n"])
def test_a_users_name_can_be_typed_on_any_keyboard(central: Central, name: str) -> None:
    with pytest.raises(UnreadableInput, match="a-z"):
        put(central, name)


@pytest.mark.parametrize("length", [0, 7, 201])
def test_a_password_has_a_length(central: Central, length: int) -> None:
    with pytest.raises(UnreadableInput, match="8 to 200"):
        put(central, "binh", "x" * length)


def test_a_user_belongs_to_one_office(central: Central) -> None:
    central.open(replace(an_office(), office="binh-minh"))
    assert put(central, "binh")
    assert not put(central, "binh")
    with pytest.raises(UnreadableInput, match="another office"):
        put(central, "binh", office="binh-minh")
    with pytest.raises(CallerProblem, match="no such office"):
        put(central, "an", office="nowhere")


def test_a_kept_password_is_in_no_repr(central: Central) -> None:
    put(central, "binh")
    user = central.database.read(lambda tx: tx.staff.get("binh"))
    assert user is not None
    assert "scrypt" not in repr(user)


def tries(database: Database, name: str, address: str, now: int, times: int) -> None:
    for _ in range(times):
        database.write(lambda tx: begin_sign_in(tx, name, address, now))


def test_tries_are_counted_by_person_and_address_for_a_while(central: Central, database: Database) -> None:
    now = central.clock.now
    tries(database, "binh", "192.0.2.1", now, TRIES_OF_USER)
    with pytest.raises(CallerProblem) as caught:
        tries(database, "binh", "192.0.2.1", now + 1000, 1)
    assert caught.value.problem.facts == {"seconds": str(TRY_WINDOW_MS // 1000 - 1)}
    tries(database, "binh", "192.0.2.2", now, 1)
    tries(database, "binh", "192.0.2.1", now + TRY_WINDOW_MS, TRIES_OF_USER)


def test_an_address_that_tries_many_names_is_stopped(central: Central, database: Database) -> None:
    for n in range(TRIES_OF_ADDRESS):
        tries(database, f"name-{n}", "192.0.2.1", central.clock.now, 1)
    with pytest.raises(CallerProblem, match="too many tries"):
        tries(database, "one-more", "192.0.2.1", central.clock.now, 1)


def test_what_was_typed_as_a_name_is_not_kept(central: Central, database: Database) -> None:
    tries(database, "my password by mistake", "192.0.2.1", central.clock.now, 1)
    with database._writer.connect() as connection:
        keys = connection.exec_driver_sql("SELECT key FROM sign_in_tries").scalars().all()
    assert [len(key) for key in keys] == [64, 64]
