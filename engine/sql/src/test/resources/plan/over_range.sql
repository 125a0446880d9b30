SELECT STREAM symbol, SUM(quantity) OVER (PARTITION BY symbol ORDER BY ROWTIME RANGE INTERVAL '1' MINUTE PRECEDING) AS total, MAX(price) OVER (PARTITION BY symbol ORDER BY ROWTIME ROWS 3 PRECEDING) FROM trades WHERE quantity > 0
----
endless
Project project-f19798c3, append-only
    symbol
    total = $10
    max = $11
    row (symbol VARCHAR NOT NULL, total BIGINT, max DECIMAL(10, 2))
  Over over-d6a50c90, append-only
      partition symbol
      order ROWTIME NULLS LAST
      $10 = SUM(quantity) RANGE −1 min … current
      $11 = MAX(price) ROWS −3 … current
      state: a row is kept until ROWTIME has passed it and no frame reaches back to it; of frames from the first row on, what they have come to is kept for ever
      row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), quantity INTEGER, ROWTIME TIMESTAMP(6) NOT NULL, $10 BIGINT, $11 DECIMAL(10, 2))
    Filter filter-af484377, append-only
        condition (quantity > 0)
        row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), quantity INTEGER, ROWTIME TIMESTAMP(6) NOT NULL)
      Scan scan-3eafda51, append-only
          stream trades
          rowtime ROWTIME
          row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), quantity INTEGER, ROWTIME TIMESTAMP(6) NOT NULL)
