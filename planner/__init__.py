"""The engine: days, states, solving, calendars. It knows no rule."""
