"""The contract's limits on a plan, said a third time: from its page alone, on the JSON document.

Nothing here comes from ``rules`` or ``limits.toml``; the numbers are written out on purpose, so that
a number that slips in the rulebook is seen. Minutes are compared in whole hundredths.

Where the page leaves a choice, the reading is said beside the check. What was run before the plan
can't be undone: a window is broken only where the plan itself adds running to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

RUNS = ("easy_run", "long_run", "hard_run", "run_walk", "race")
DEMANDING = ("long_run", "hard_run", "race")
SUPPORT = ("strength", "mobility")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

RUN_DAYS = {"healthy": 6, "mild": 4, "moderate": 3, "flare": 0, "returning": 3}
REST_DAYS = {"healthy": 1, "mild": 1, "moderate": 2, "returning": 2}
CAREFUL = ("moderate", "returning")
FIRST_STAGE = 325
FIRST_STAGES = {False: (13, 15, 120), True: (3, 60, 540)}
"""The first stage of L-ASTEROID, and of L-BLAKE for a healthy back: repeats, run and walk seconds."""

ASTEROID = (
    *((13, 15, 120), (12, 30, 120), (12, 45, 105), (12, 60, 90), (10, 90, 90), (9, 120, 75)),
    *((8, 150, 60), (7, 180, 60)),
)
LADDERS = (
    (*ASTEROID, (6, 240, 60), (4, 360, 60), (3, 480, 60), (3, 540, 60)),
    tuple((3, 60 * bout, 600 - 60 * bout) for bout in range(1, 10)),
    (*ASTEROID, *((repeats, 180, 60) for repeats in range(8, 61))),
)


class Breach(NamedTuple):
    """A limit of the contract that a plan breaks, on a day."""

    limit: str
    on: date
    said: str


@dataclass(frozen=True)
class _Day:
    on: date
    state: str
    sessions: tuple[Mapping[str, Any], ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(session["kind"] for session in self.sessions)

    @property
    def run(self) -> int:
        return sum(round(session["run_minutes"] * 100) for session in self.sessions)

    @property
    def runs(self) -> bool:
        return any(kind in RUNS for kind in self.kinds)

    def has(self, *kinds: str) -> bool:
        return any(kind in kinds for kind in self.kinds)

    @property
    def is_rest(self) -> bool:
        walked = sum(s["walk_minutes"] for s in self.sessions if s["kind"] == "walk")
        return not self.runs and not self.has("strength") and walked <= 30


class Judge:
    """A plan's document beside the runner's file it was made from."""

    def __init__(self, document: Mapping[str, Any], file: Mapping[str, Any]) -> None:
        self.file = file
        self.start = date.fromisoformat(document["start"])
        self.days = {
            date.fromisoformat(day["date"]): _Day(
                date.fromisoformat(day["date"]), day["state"], tuple(day["sessions"])
            )
            for day in document["days"]
        }
        self.past = self._past_runs()
        self.past_weeks = self._past_weeks()
        self.restart = self._restart()

    def _past_runs(self) -> dict[date, int]:
        recent = self.file.get("recent", {})
        longest = round(recent.get("longest_run_minutes", 0) * 100)
        # Not told, or told as today: the engine takes two days, or one, and so does this page.
        since = max(recent.get("days_since_last_run", 2), 1)
        return {self.start - timedelta(days=since): longest} if longest else {}

    def _past_weeks(self) -> dict[date, int]:
        """Monday → running. Without weeks told, the run that is known lies in its week."""
        monday = _monday(self.start)
        told = self.file.get("recent", {}).get("run_minutes", [])
        if told:
            back = enumerate(reversed(told), start=1)
            return {monday - timedelta(weeks=n): round(minutes * 100) for n, minutes in back}
        return {_monday(on): run for on, run in self.past.items() if _monday(on) < monday}

    def _restart(self) -> date | None:
        returning = [day.on for day in self.days.values() if day.state == "returning"]
        return min(returning, default=None)

    def breaches(self) -> list[Breach]:
        """Every breach of a limit, in the order of the contract."""
        checks = (
            *(self._session_cap, self._weekly_volume, self._run_days, self._rest_days),
            *(self._run_days_apart, self._hard_days_apart, self._hard_runs, self._strength_apart),
            *(self._time, self._flare_rest, self._two_clean, self._first_stage, self._one_a_day),
        )
        return [breach for check in checks for breach in check()]

    def _run(self, on: date) -> int:
        return self.days[on].run if on in self.days else self.past.get(on, 0)

    def _ran(self, on: date) -> bool:
        return self.days[on].runs if on in self.days else on in self.past

    def _longest(self, first: date, before: date) -> int:
        span = (before - first).days
        return max((self._run(first + timedelta(days=n)) for n in range(span)), default=0)

    def _session_cap(self) -> Iterator[Breach]:
        for day in self.days.values():
            if not day.run:
                continue
            month = day.on - timedelta(days=30)
            longest = self._longest(month, day.on)
            if day.state == "returning" and self.restart is not None:
                # The first restart run keeps the cap of the 30 days, too.
                longest = self._longest(max(month, self.restart), day.on) or longest
            if not longest:
                most = FIRST_STAGE
            elif day.state == "moderate":
                most = longest
            else:
                most = max(longest * 110 // 100, longest + 300)
            if day.run > most:
                yield Breach("session-cap", day.on, f"{day.run} after {longest}, at most {most}")

    def _week(self, monday: date) -> list[_Day]:
        dates = (monday + timedelta(days=n) for n in range(7))
        return [self.days[on] for on in dates if on in self.days]

    def _week_run(self, monday: date) -> int:
        planned = sum(day.run for day in self._week(monday))
        return planned + (self.past_weeks.get(monday, 0) if monday < _monday(self.start) else 0)

    def _mondays(self) -> list[date]:
        return sorted({_monday(on) for on in self.days})

    def _weekly_volume(self) -> Iterator[Breach]:
        for monday in self._mondays():
            weeks = [monday - timedelta(weeks=n) for n in range(1, 5)]
            known = any(self._ran(monday - timedelta(days=n)) for n in range(1, 31))
            # Weeks told with running are running in the days before the plan.
            if not known and not any(self.past_weeks.get(week) for week in weeks):
                continue
            volume = self._week_run(monday)
            most = min(
                (self._most(state, weeks) for state in _states(self._week(monday))),
                default=volume,
            )
            if volume > most:
                yield Breach("weekly-volume", monday, f"{volume}, at most {most}")

    def _most(self, state: str, weeks_before: list[date]) -> int:
        highest = max(self._week_run(week) for week in weeks_before)
        if state == "moderate":
            return self._week_run(weeks_before[0])
        most = max(highest * (120 if state == "mild" else 130) // 100, highest + 1500)
        told = self.file.get("recent", {}).get("run_minutes", [])[-4:]
        pre_flare = sum(told) * 100 / len(told) if told else 0
        return min(most, int(pre_flare)) if state == "returning" and pre_flare else most

    def _sevens(self) -> Iterator[tuple[_Day, list[date]]]:
        for day in self.days.values():
            yield day, [day.on - timedelta(days=n) for n in reversed(range(7))]

    def _run_days(self) -> Iterator[Breach]:
        for day, seven in self._sevens():
            ran = [on for on in seven if self._ran(on)]
            if len(ran) > RUN_DAYS[day.state] and ran[-1] >= self.start:
                yield Breach("run-days", day.on, f"{len(ran)} in seven days of {day.state}")

    def _rest_days(self) -> Iterator[Breach]:
        for day, seven in self._sevens():
            busy = [on for on in seven if not self._is_rest(on)]
            if 7 - len(busy) < REST_DAYS.get(day.state, 0) and busy[-1] >= self.start:
                yield Breach("rest-days", day.on, f"{7 - len(busy)} in seven days of {day.state}")

    def _is_rest(self, on: date) -> bool:
        return self.days[on].is_rest if on in self.days else on not in self.past

    def _run_days_apart(self) -> Iterator[Breach]:
        new = self.file["runner"].get("experience") == "new"
        for day in self.days.values():
            before = self.days.get(day.on - timedelta(days=1))
            if not day.runs or not self._ran(day.on - timedelta(days=1)):
                continue
            both = [day] + ([before] if before else [])
            careful = any(one.state in CAREFUL or one.has("run_walk") for one in both)
            if new or careful:
                yield Breach("run-days-apart", day.on, "running on two days in a row")

    def _hard_days_apart(self) -> Iterator[Breach]:
        hard = [day.on for day in self.days.values() if day.has(*DEMANDING)]
        for one, other in pairwise(hard):
            if (other - one).days < 2:
                yield Breach("hard-days-apart", other, f"{one} is demanding, too")

    def _hard_runs(self) -> Iterator[Breach]:
        for monday in self._mondays():
            week = self._week(monday)
            hard = [day for day in week if day.has("hard_run")]
            states = _states(week)
            if any(day.state not in ("healthy", "mild") for day in hard):
                yield Breach("hard-runs", monday, "a hard run in a state that allows none")
            if hard and set(states) & set(CAREFUL):
                yield Breach("hard-runs", monday, f"a hard run in a week of {states}")
            if len(hard) > 1 and "mild" in states:
                yield Breach("hard-runs", monday, f"{len(hard)} hard runs in a mild week")

    def _strength_apart(self) -> Iterator[Breach]:
        strong = [day.on for day in self.days.values() if day.has("strength")]
        for one, other in pairwise(strong):
            if (other - one).days < 2:
                yield Breach("strength-apart", other, f"strength on {one}, too")

    def _free(self, on: date) -> int | None:
        """Minutes of a day in hundredths; None on a day away."""
        for span in self.file.get("away", []):
            if span["from"] <= on <= span["to"]:
                return None
        return int(self.file["week"]["minutes"].get(WEEKDAYS[on.weekday()], 0)) * 100

    def _time(self) -> Iterator[Breach]:
        for day in self.days.values():
            free = self._free(day.on)
            if free is None and day.sessions:
                yield Breach("time", day.on, "a session on a day away")
            others = [s for s in day.sessions if s["kind"] != "race"]
            held = sum(round(session["minutes"] * 100) for session in others)
            if free is not None and (held > free or (others and not free)):
                yield Breach("time", day.on, f"{held} of {free}")

    def _flare_rest(self) -> Iterator[Breach]:
        for day in self.days.values():
            if day.state == "flare" and (day.runs or day.run):
                yield Breach("flare-rest", day.on, "running in a flare")

    def _two_clean(self) -> Iterator[Breach]:
        held, before = 0, None
        for day in self.days.values():
            for session in day.sessions:
                if session["kind"] != "run_walk":
                    continue
                stage = _stage(session)
                needed = 3 if day.state == "returning" else 2
                if before is not None and _is_up(before, stage):
                    if held < needed:
                        yield Breach("two-clean", day.on, f"{held} sessions at {before}")
                    if _skips(before, stage):
                        yield Breach("two-clean", day.on, f"from {before} to {stage}")
                held = held + 1 if stage == before else 1
                before = stage

    def _first_stage(self) -> Iterator[Breach]:
        """After 30 days without a run the ladder begins at its first stage (a race is no stage)."""
        for day in self.days.values():
            month = day.on - timedelta(days=30)
            if day.runs and not day.has("race") and not self._longest(month, day.on):
                allowed = [FIRST_STAGES[False]]
                if day.state == "healthy":
                    allowed.append(FIRST_STAGES[True])
                if next(_stage(s) for s in day.sessions if s["kind"] in RUNS) not in allowed:
                    yield Breach("two-clean", day.on, "the first run is not the first stage")

    def _one_a_day(self) -> Iterator[Breach]:
        for day in self.days.values():
            runs = [kind for kind in day.kinds if kind in RUNS]
            walks = [s for s in day.sessions if s["kind"] == "walk"]
            if len(runs) > 1 or len(walks) > 1:
                yield Breach("one-a-day", day.on, f"{day.kinds}")
            if sum(kind in SUPPORT for kind in day.kinds) > 1:
                yield Breach("one-a-day", day.on, f"{day.kinds}")
            if runs and walks:
                if runs != ["easy_run"]:
                    yield Breach("one-a-day", day.on, f"a walk beside {runs}")
                yield from self._room_elsewhere(day, walks[0])

    def _room_elsewhere(self, day: _Day, walk: Mapping[str, Any]) -> Iterator[Breach]:
        """Room is a day of the week without a run or walk, with time for that walk.

        A walk is at least ten minutes, or as long as the runner's usual one where that is shorter.
        """
        usual = self.file.get("recent", {}).get("walk_minutes", 0) or 10
        needed = max(round(walk["walk_minutes"] * 100), min(usual, 10) * 100)
        for other in self._week(_monday(day.on)):
            free = self._free(other.on)
            if free is None or other.runs or other.has("walk"):
                continue
            held = sum(round(session["minutes"] * 100) for session in other.sessions)
            if free - held >= needed:
                yield Breach("one-a-day", day.on, f"{other.on} has room for the walk")


def breaches(document: Mapping[str, Any], file: Mapping[str, Any]) -> list[Breach]:
    """What a plan breaks: the document of ``plan --json``, and the runner's file as read."""
    return Judge(document, file).breaches()


def _monday(on: date) -> date:
    return on - timedelta(days=on.weekday())


def _states(week: list[_Day]) -> list[str]:
    """The states of a week's days, flare aside."""
    return sorted({day.state for day in week if day.state != "flare"})


Stage = tuple[int, int, int]


def _stage(session: Mapping[str, Any]) -> Stage:
    """Repeats, seconds of a bout, seconds of a break."""
    step = session["steps"][0]
    return step["repeat"], step["run_seconds"], step["walk_seconds"]


def _is_up(before: Stage, now: Stage) -> bool:
    """A step up: more running in all, or longer bouts."""
    return now[0] * now[1] > before[0] * before[1] or now[1] > before[1]


def _skips(before: Stage, now: Stage) -> bool:
    """Whether stages of a ladder that holds both lie between them."""
    ladders = [ladder for ladder in LADDERS if before in ladder and now in ladder]
    return bool(ladders) and all(ladder.index(now) - ladder.index(before) > 1 for ladder in ladders)
