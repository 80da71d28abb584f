"""The directions of the house: who may import whom, who may read the clock, print or roll dice."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ENGINE = sorted(
    path for path in (ROOT / "planner").rglob("*.py") if "cli" not in path.relative_to(ROOT).parts
)
RULES = sorted((ROOT / "rules").rglob("*.py"))
RULE_FILES = sorted(
    path
    for stage in ("place", "dose")
    for path in (ROOT / "rules" / stage).glob("*.py")
    if path.name != "__init__.py"
)
HEAVY = ("ortools", "icalendar", "sqlalchemy", "rich", "numpy", "pandas")
IMPURE_MODULES = ("random", "secrets", "time", "socket", "urllib", "http", "requests")
STOPWATCH = ROOT / "planner" / "solving.py"
"""The one file that measures how long it took, which no plan depends on."""

IMPURE_CALLS = ("now", "today", "utcnow", "uuid1", "uuid4", "urandom", "fromtimestamp")


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(nodes: Iterator[ast.AST] | list[ast.stmt]) -> Iterator[str]:
    """The dotted names that import statements among these nodes bring in."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def everywhere(path: Path) -> list[str]:
    return list(imported(ast.walk(tree_of(path))))


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_the_house_has_both_halves():
    assert len(ENGINE) > 10
    assert len(RULE_FILES) > 10


@pytest.mark.parametrize("path", ENGINE, ids=named)
def test_the_engine_knows_no_rule_and_no_command(path):
    tops = {name.split(".")[0] for name in everywhere(path)}

    assert not tops & {"rules", "click"}
    assert not [name for name in everywhere(path) if name.startswith("planner.cli")]


@pytest.mark.parametrize("path", ENGINE + RULES, ids=named)
def test_nothing_but_commands_prints_reads_the_clock_or_rolls_dice(path):
    calls = [node.func for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)]
    plain = {func.id for func in calls if isinstance(func, ast.Name)}
    methods = {func.attr for func in calls if isinstance(func, ast.Attribute)}

    assert not plain & {"print", "input", "breakpoint"}
    assert not methods & set(IMPURE_CALLS)
    # Taking an address apart reaches nothing.
    names = [name for name in everywhere(path) if not name.startswith("urllib.parse")]
    impure = {name.split(".")[0] for name in names} & set(IMPURE_MODULES)
    assert impure <= ({"time"} if path == STOPWATCH else set())


@pytest.mark.parametrize("path", ENGINE + RULES, ids=named)
def test_only_the_calendar_server_reaches_the_network(path):
    reaching = {name.split(".")[0] for name in everywhere(path)} & {"caldav", "niquests", "keyring"}

    assert not reaching or path.name in ("calendar_server.py", "calendar_faults.py")


@pytest.mark.parametrize("path", RULE_FILES, ids=named)
def test_no_rule_imports_another(path):
    others = [f"rules.{stage}" for stage in ("place", "dose")]

    assert not [name for name in everywhere(path) if name.startswith(tuple(others))]


@pytest.mark.parametrize("path", RULE_FILES, ids=named)
def test_a_rule_sees_only_data_and_the_views_of_the_variables(path):
    allowed = ("plan", "rule", "request", "ledger", "possible", "placing", "doses")
    seen = {name.split(".")[1] for name in everywhere(path) if name.startswith("planner.")}

    assert seen <= set(allowed)


def test_the_reader_of_the_numbers_sees_only_data():
    allowed = (
        *("plan", "request", "errors", "sources", "triage", "emergency", "exercises", "care"),
        "ladder_entries",
    )
    path = ROOT / "rules" / "loading.py"
    seen = {name.split(".")[1] for name in everywhere(path) if name.startswith("planner.")}

    assert seen <= set(allowed)


@pytest.mark.parametrize(
    "module",
    [
        "planner.plan",
        "planner.profile",
        "planner.checking",
        "planner.foreign",
        "planner.table",
        "planner.comparing",
        "planner.publishing",
        "planner.vdir",
        "planner.cli.main",
    ],
)
def test_importing_brings_in_nothing_heavy(module):
    """The solver alone takes half a second; checking or showing a plan must not pay it."""
    script = f"import sys, {module}; print(*[m for m in {HEAVY!r} if m in sys.modules])"

    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )

    assert done.stdout.split() == []


def test_help_imports_only_click():
    script = (
        "import sys\nfrom planner.cli.main import main\n"
        "try: main.main(['plan', '--help'])\nexcept SystemExit: pass\n"
        "print('|', *[m for m in ('pydantic', 'ortools', 'rules', 'zoneinfo', "
        "'importlib.metadata', 'rich', 'json') if m in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )

    assert done.stdout.split("|")[-1].split() == []
