SELECT STREAM symbol, LEAD(quantity) OVER (PARTITION BY symbol ORDER BY ROWTIME) FROM trades
----
endless
Project project-bf96eec1, append-only
    symbol
    lead = $10
    row (symbol VARCHAR NOT NULL, lead INTEGER)
  Over over-df24338e, append-only
      partition symbol
      order ROWTIME NULLS LAST
      $10 = LEAD(quantity, 1)
      state: a row is kept until ROWTIME has passed it, 1 row has come behind it in its partition, and no frame reaches back to it; of frames from the first row on, what they have come to is kept for ever
      row (symbol VARCHAR NOT NULL, quantity INTEGER, ROWTIME TIMESTAMP(6) NOT NULL, $10 INTEGER)
    Scan scan-3eafda51, append-only
        stream trades
        rowtime ROWTIME
        row (symbol VARCHAR NOT NULL, quantity INTEGER, ROWTIME TIMESTAMP(6) NOT NULL)
