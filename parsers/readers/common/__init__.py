"""What every format shares: printed tokens, page order, tables, letterheads, blocks."""
