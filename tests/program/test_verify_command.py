"""`thidua verify`: what it says of a sound trail, and of one that somebody has bent."""

from __future__ import annotations

from tests.program.process import Machine


async def test_verify_says_how_many_entries_there_are_and_the_fingerprint_of_the_last(machine: Machine) -> None:
    assert (await machine.command("init", "--sample")).code == 0
    assert (await machine.command("invite", "--role", "admin")).code == 0
    done = await machine.command("verify")
    (digest,) = machine.query("SELECT digest FROM audit WHERE id = 2")[0]
    mark = f"{digest[:4]}-{digest[4:8]}-{digest[8:12]}"
    assert (done.code, done.err) == (0, "")
    assert done.lines[0].startswith("ok   2 entries, each in its place; ")
    assert done.lines[1] == f"ok   head: entry 2, fingerprint {mark}"
    assert (await machine.command("verify", "--head", mark)).code == 0
    lost = await machine.command("verify", "--head", "0000-0000-0000")
    assert (lost.code, lost.lines[2]) == (1, "LOST fingerprint 0000-0000-0000 is that of no entry: the trail was cut")


async def test_verify_names_what_was_changed_by_hand(machine: Machine) -> None:
    assert (await machine.command("init", "--sample")).code == 0
    assert (await machine.command("invite", "--role", "admin", "--name", "Hoa")).code == 0
    machine.make("UPDATE invitations SET name = 'Hoà'")
    done = await machine.command("verify")
    assert (done.code, done.lines[0]) == (1, "DIFFERS invitations 1: name is 'Hoà', entry 2 wrote 'Hoa'")
    machine.make("DROP TRIGGER audit_no_update; UPDATE audit SET reason = 'x' WHERE id = 1")
    done = await machine.command("verify")
    assert done.code == 1
    assert done.lines[0].startswith("BROKEN  entry 1 (2021-10-01T01:00:")
    assert done.lines[0].endswith(", structure structure): it is not what was sealed, or not in its place")
