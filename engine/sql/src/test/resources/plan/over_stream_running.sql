SELECT STREAM symbol, SUM(quantity) OVER (PARTITION BY symbol ORDER BY ROWTIME) FROM trades
----
endless
Project project-ba4f8b0e, append-only
    symbol
    sum = $10
    row (symbol VARCHAR NOT NULL, sum BIGINT)
  Over over-1f9cd562, append-only
      partition symbol
      order ROWTIME NULLS LAST
      $10 = SUM(quantity) RANGE first … current
      row (symbol VARCHAR NOT NULL, quantity INTEGER, ROWTIME TIMESTAMP(6) NOT NULL, $10 BIGINT)
    Scan scan-3eafda51, append-only
        stream trades
        rowtime ROWTIME
        row (symbol VARCHAR NOT NULL, quantity INTEGER, ROWTIME TIMESTAMP(6) NOT NULL)
