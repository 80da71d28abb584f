"""``runback rules``: a rule that another package brings."""

from __future__ import annotations

import sys
from importlib import invalidate_caches

import pytest

from tests.commands import flat, look_up

CLINIC = '''"""No running on Sundays.

A walk on Sunday keeps it; a run breaks it.

Why: the hall is closed.
"""
from planner.rule import Stage, Tier

class QuietSundays:
    name, title, sources = "quiet-sundays", "No running on Sundays", {sources}
    stage, tier = Stage.PLACE, Tier.LIMIT
    def post(self, request, view, model): return 0
    def breaches(self, request, plan): return iter(())
'''


@pytest.fixture
def clinic(tmp_path, monkeypatch):
    """Installs a package with a rule of its own; gone after the test."""

    def install(sources, module="quiet_sundays"):
        package = tmp_path / "clinic"
        package.mkdir()
        (package / "__init__.py").write_text("")
        (package / f"{module}.py").write_text(CLINIC.format(sources=sources))
        info = tmp_path / "clinic-1.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: clinic\nVersion: 1\n")
        entry = f"[runback.rules]\nquiet = clinic.{module}:QuietSundays\n"
        (info / "entry_points.txt").write_text(entry)
        monkeypatch.syspath_prepend(tmp_path)
        invalidate_caches()

    yield install
    for name in [name for name in sys.modules if name.split(".")[0] == "clinic"]:
        del sys.modules[name]


def test_a_rule_of_another_package_explains_itself(clinic):
    clinic(("P1", "Miller 2020, our own ward"))
    out = flat("rules", "quiet-sundays")

    assert "A limit: never traded for anything. Added by the package clinic" in out
    assert "A walk on Sunday keeps it; a run breaks it. " in out
    assert "the hall is closed" not in out
    # A source of ours in full, one that only the package knows as what it is.
    assert "Frandsen JSB, Nielsen RØ, et al. (2025)" in out
    assert "Miller 2020, our own ward (as its package says; not checked for runback)." in out


def test_a_rule_of_another_package_is_complete_as_json(clinic):
    clinic(("Miller 2020, our own ward",))
    rule = look_up("quiet-sundays")

    assert rule["package"] == "clinic"
    assert (rule["stage"], rule["tier"]) == ("place", "limit")
    assert [(one["id"], one["citable"]) for one in rule["sources"]] == [
        ("Miller 2020, our own ward", False)
    ]


def test_the_text_of_a_module_of_many_rules_is_not_that_of_one(clinic):
    clinic((), module="all_our_rules")

    assert look_up("quiet-sundays")["says"] == ""


def test_a_rule_of_another_package_without_sources_is_listed(clinic):
    clinic(())

    assert "quiet-sundays: No running on Sundays." in flat("rules")
