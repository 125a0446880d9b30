SELECT STREAM symbol FROM trades LIMIT 5
----
endless
Sort sort-6cc48328, append-only
    limit 5
    row (symbol VARCHAR NOT NULL)
  Scan scan-3eafda51, append-only
      stream trades
      row (symbol VARCHAR NOT NULL)
