"""Quantities + outline → facts: what is measured, its kind, period and status."""

from __future__ import annotations

from qjreport.fact.build import build_facts

__all__ = ["build_facts"]
