SELECT * FROM totals WHERE trades > 10
----
bounded
Filter filter-22073593
    condition (trades > 10:BIGINT)
    row (symbol VARCHAR NOT NULL, trades BIGINT NOT NULL, volume BIGINT)
  Scan scan-fb2a3609
      table totals
      row (symbol VARCHAR NOT NULL, trades BIGINT NOT NULL, volume BIGINT)
