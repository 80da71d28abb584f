"""The first number that does something, found with few tries."""

from __future__ import annotations

import pytest

from planner.first_that import first_by_halves, first_that_does


@pytest.mark.parametrize("first", [3, 4, 9, 17, 20])
@pytest.mark.parametrize("guess", [1, 5, 12, 20, 30])
def test_the_search_finds_the_first_number_that_does(first, guess):
    assert first_that_does(lambda n: n >= first, 3, 20, guess) == first


def test_the_search_finds_nothing_where_nothing_does():
    assert first_that_does(lambda n: False, 3, 20, 5) is None


def test_a_rough_search_finds_a_number_that_does():
    # From 12 by steps of 1, 2 and 4 to 5; 8 further back is below 3, and 3 does not do.
    assert first_that_does(lambda n: n >= 4, 3, 20, 12, roughly=True) == 5


@pytest.mark.parametrize("first", range(3, 9))
def test_by_halves_the_first_number_is_found(first):
    assert first_by_halves(lambda n: n >= first, 3, 8) == first


def test_by_halves_it_is_the_last_where_no_number_before_it_does():
    assert first_by_halves(lambda n: False, 3, 8) == 8


def test_by_halves_eight_numbers_take_three_tries():
    tries: list[int] = []
    first_by_halves(lambda n: tries.append(n) or n >= 5, 1, 8)

    assert len(tries) == 3
