SELECT DISTINCT symbol FROM trades
----
bounded
Aggregate aggregate-41fc7a7e
    keys symbol
    row (symbol VARCHAR NOT NULL)
  Scan scan-3eafda51
      stream trades
      row (symbol VARCHAR NOT NULL)
