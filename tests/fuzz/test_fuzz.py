"""A sample of the million strings of `python -m tests.fuzz`."""

import pytest

from tests.fuzz.findings import run


@pytest.mark.parametrize("seed", range(4))
def test_no_random_string_is_misread_or_makes_the_reader_fail(seed: int) -> None:
    assert run(seed, 5_000).wrong == []
