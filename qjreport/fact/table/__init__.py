"""Facts out of data tables: item, unit, kind and year of each cell from the table's heads."""
