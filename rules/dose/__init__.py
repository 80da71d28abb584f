"""How much sessions may hold: one rule a file."""
