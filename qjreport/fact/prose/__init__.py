"""Facts out of prose: the words around each number, what they measure, and how numbers share an item."""
