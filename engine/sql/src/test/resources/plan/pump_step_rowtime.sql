CREATE OR REPLACE PUMP counts STOPPED AS INSERT INTO per_minute (trades, symbol)
SELECT STREAM COUNT(*), symbol FROM trades GROUP BY symbol, STEP(trades.ROWTIME BY INTERVAL '10' SECOND)
----
pump counts into per_minute [1, 0], stopped
endless, rowtime ROWTIME
Project project-a9eba573, append-only
    trades = CAST(EXPR$0 AS INTEGER)
    symbol
    ROWTIME = ($f1 + INTERVAL '10' SECOND)
    row (trades INTEGER NOT NULL, symbol VARCHAR NOT NULL, ROWTIME TIMESTAMP(6) NOT NULL)
  Aggregate aggregate-e0dd9abb, append-only
      keys symbol, $f1
      EXPR$0 = COUNT(*)
      closes when $f1 < STEP(bound, INTERVAL '10' SECOND)
      state: a group is kept until it closes
      row (symbol VARCHAR NOT NULL, $f1 TIMESTAMP(6) NOT NULL, EXPR$0 BIGINT NOT NULL)
    Project project-15854937, append-only
        symbol
        $f1 = STEP(ROWTIME, INTERVAL '10' SECOND)
        row (symbol VARCHAR NOT NULL, $f1 TIMESTAMP(6) NOT NULL)
      Scan scan-3eafda51, append-only
          stream trades
          rowtime ROWTIME
          row (symbol VARCHAR NOT NULL, ROWTIME TIMESTAMP(6) NOT NULL)
