SELECT STREAM symbol, SUM(quantity) OVER (PARTITION BY symbol ORDER BY ROWTIME) FROM trades
----
endless
Project project-ba4f8b0e, append-only
    symbol
    sum = $10
    row (symbol VARCHAR NOT NULL, sum BIGINT)
  Over over-2b8afeea, append-only
      partition symbol
      order ROWTIME NULLS LAST
      $10 = SUM(quantity) RANGE first … current
      state: a row is kept until ROWTIME has passed it and no frame reaches back to it; of frames from the first row on, what they have come to is kept for ever
      row (symbol VARCHAR NOT NULL, quantity INTEGER, ROWTIME TIMESTAMP(6) NOT NULL, $10 BIGINT)
    Scan scan-3eafda51, append-only
        stream trades
        rowtime ROWTIME
        row (symbol VARCHAR NOT NULL, quantity INTEGER, ROWTIME TIMESTAMP(6) NOT NULL)
