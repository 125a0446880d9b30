SELECT STREAM symbol, COUNT(*) FROM trades GROUP BY symbol
----
endless
Aggregate aggregate-f0be64ea, updating
    keys symbol
    count = COUNT(*)
    state: groups are kept for ever
    row (symbol VARCHAR NOT NULL, count BIGINT NOT NULL)
  Scan scan-3eafda51, append-only
      stream trades
      row (symbol VARCHAR NOT NULL)
