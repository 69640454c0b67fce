"""Tests of the review page in a browser: `make browser` installs what they need and runs them."""
