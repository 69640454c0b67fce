"""Classes of characters, as several patterns use them."""

from __future__ import annotations

from typing import Final

# Han characters, for a class: `regex` knows them as \p{Han}; a call of `re` costs less than half, and there are many.
HAN: Final = r"\u2e80-\u2fd5々〇〡-〩〸-〻㐀-䶿一-鿿\uf900-\ufad9\U00020000-\U00033479"
