"""Fuzzing: bytes that grow towards new code, held to the laws of the tool. `make fuzz` runs it, tests replay it."""
