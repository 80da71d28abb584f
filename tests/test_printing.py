"""Sentences as wide as the terminal, and never wider than 80 columns."""

from __future__ import annotations

import pytest

from planner.cli.printing import print_text

SENTENCE = "a " * 100


@pytest.mark.parametrize(("columns", "most"), [("61", 61), ("80", 79), ("200", 79)])
def test_text_is_broken_at_the_width_of_the_terminal(monkeypatch, capsys, columns, most):
    monkeypatch.setenv("COLUMNS", columns)
    print_text(SENTENCE, first="- ", rest="  ")

    # Letters with a space between them fill odd widths, after 2 columns of indent.
    assert max(map(len, capsys.readouterr().out.splitlines())) == most


def test_a_very_narrow_terminal_loses_no_word(monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "1")
    print_text(SENTENCE, first="    ")

    assert capsys.readouterr().out.split() == SENTENCE.split()
