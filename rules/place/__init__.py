"""Where sessions may go: one rule a file."""
