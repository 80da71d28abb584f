"""How fast and how big: ``python -m tests.benchmarks`` prints it, beside what is aimed at."""
