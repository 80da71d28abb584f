"""The commands: the only place that prints, exits, reads the clock and knows the rulebook."""
