"""Faults by chance: from a seed, and the same again."""

import asyncio
import json
from contextlib import suppress
from pathlib import Path

import pytest

from breakwater.domain.errors import NetworkError
from breakwater.networks.sandbox.chances import WEIGHTS, Chances, chances_of
from breakwater.networks.sandbox.faults import Call, Refusal
from breakwater.networks.sandbox.tests.world import World, parcel, world


def test_the_same_seed_draws_the_same_for_an_account() -> None:
    first, second, other = Chances("tide", 0.3), Chances("tide", 0.3), Chances("ebb", 0.3)

    def drawn(chances: Chances) -> list[object]:
        return [chances.draw("h1", Call.COMMIT, number) for number in range(200)]

    assert drawn(first) == drawn(second)
    assert drawn(first) != drawn(other)
    assert 30 < sum(fault is not None for fault in drawn(first)) < 90


def test_every_kind_with_a_weight_is_drawn_some_time() -> None:
    chances = Chances("tide", 1.0)

    for call, kinds in WEIGHTS.items():
        drawn = [chances.draw("h1", call, number) for number in range(500)]
        assert {fault.kind for fault in drawn if fault} == set(kinds)


def test_late_minutes_are_scaled() -> None:
    chances = chances_of({"seed": 7, "rate": 1, "scale": 100, "weights": {"commit": {"late": 1}}})

    drawn = [chances.draw("h1", Call.COMMIT, number) for number in range(50)]

    minutes = {float(fault.detail["minutes"]) for fault in drawn if fault}
    assert minutes == {0.01, 0.05, 0.1}
    assert chances.draw("h1", Call.LOOK, 1) is None


def test_calls_meet_what_was_drawn_and_it_can_be_ended(tmp_path: Path) -> None:
    async def story(w: World, seed: str) -> list[str]:
        control = f"{w.account.origin}/control/chances"
        headers = {"authorization": f"Bearer {w.account.secrets['token']}"}
        wish = {"seed": seed, "rate": 0.5, "weights": {"commit": {"forbidden": 1, "no_id": 3}}}
        before = w.calls("commit")
        assert (await w.client.put(control, json=wish, headers=headers)).status_code == 200
        assert w.harbour.chances() == chances_of(wish)
        for number in range(40):
            with suppress(NetworkError):
                await w.send(parcel(f"{seed} {before} {number}"))
        await w.client.delete(control, headers=headers)
        assert w.harbour.chances() is None
        await w.send(parcel(f"{seed} {before} at last"))
        calls = w.harbour.calls(w.account.remote_id, Call.COMMIT)[before:]
        return [call.fault for call in calls]

    async def told() -> None:
        async with world(tmp_path, "none") as w:
            first, again = await story(w, "tide"), await story(w, "tide")
            assert first == again
            assert set(first) == {"", "forbidden", "no_id"}
            assert first[-1] == ""

    asyncio.run(told())


@pytest.mark.parametrize(
    "wish",
    [
        {},
        {"seed": 1, "rate": 1.1},
        {"seed": 1, "rate": "often"},
        {"seed": 1, "rate": 0.1, "scale": 0},
        {"seed": 1, "rate": 0.1, "weights": {"commit": {"storm": 1}}},
        {"seed": 1, "rate": 0.1, "weights": {"sleep": {"late": 1}}},
        {"seed": 1, "rate": 0.1, "weights": {"commit": {"late": 0}}},
        {"seed": 1, "rate": 0.1, "weights": {"commit": {"late": -1}}},
        {"seed": 1, "rate": 0.1, "weights": "many"},
    ],
    ids=json.dumps,
)
def test_nonsensical_chances_are_refused(wish: dict[str, object]) -> None:
    with pytest.raises(Refusal):
        chances_of(wish)
