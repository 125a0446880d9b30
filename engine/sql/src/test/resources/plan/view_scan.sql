SELECT * FROM totals WHERE trades > 10
----
bounded
Filter filter-8c7637d8
    condition (trades > 10:BIGINT)
    row (symbol VARCHAR NOT NULL, trades BIGINT NOT NULL, volume BIGINT)
  Scan scan-ca1d67bc
      stream totals
      row (symbol VARCHAR NOT NULL, trades BIGINT NOT NULL, volume BIGINT)
