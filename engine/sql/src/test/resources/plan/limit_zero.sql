SELECT symbol FROM trades WHERE 0 = 1 LIMIT 0
----
bounded
Sort sort-82852297
    limit 0
    row (symbol VARCHAR NOT NULL)
  Filter filter-8808ee39
      condition (0 = 1)
      row (symbol VARCHAR NOT NULL)
    Scan scan-3eafda51
        stream trades
        row (symbol VARCHAR NOT NULL)
