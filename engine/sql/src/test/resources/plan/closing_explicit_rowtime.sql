SELECT STREAM ROWTIME, symbol, COUNT(*) FROM trades GROUP BY symbol, FLOOR(trades.ROWTIME TO MINUTE)
----
endless
Project project-1f5fb6bb, append-only
    ROWTIME = ($f1 + INTERVAL '60' SECOND)
    symbol
    count = EXPR$2
    row (ROWTIME TIMESTAMP(6) NOT NULL, symbol VARCHAR NOT NULL, count BIGINT NOT NULL)
  Aggregate aggregate-772d3226, append-only
      keys symbol, $f1
      EXPR$2 = COUNT(*)
      closes when $f1 < FLOOR(bound, 'MINUTE')
      state: a group is kept until it closes
      row (symbol VARCHAR NOT NULL, $f1 TIMESTAMP(6) NOT NULL, EXPR$2 BIGINT NOT NULL)
    Project project-908a4776, append-only
        symbol
        $f1 = FLOOR(ROWTIME, 'MINUTE')
        row (symbol VARCHAR NOT NULL, $f1 TIMESTAMP(6) NOT NULL)
      Scan scan-3eafda51, append-only
          stream trades
          rowtime ROWTIME
          row (symbol VARCHAR NOT NULL, ROWTIME TIMESTAMP(6) NOT NULL)
