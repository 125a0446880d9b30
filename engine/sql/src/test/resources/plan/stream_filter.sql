SELECT STREAM symbol FROM trades WHERE quantity >= 100
----
endless
Project project-2ab006dc, append-only
    symbol
    row (symbol VARCHAR NOT NULL)
  Filter filter-5f1823a5, append-only
      condition (quantity >= 100)
      row (symbol VARCHAR NOT NULL, quantity INTEGER)
    Scan scan-3eafda51, append-only
        stream trades
        row (symbol VARCHAR NOT NULL, quantity INTEGER)
