"""Fuzzing: bytes grow towards new code, and the results must keep the laws. `make fuzz` runs it, tests replay it."""
