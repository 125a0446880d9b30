CREATE PUMP counts AS INSERT INTO per_minute
SELECT STREAM symbol, COUNT(*), SUM(quantity) FROM trades AS t GROUP BY symbol, FLOOR(t.ROWTIME TO MINUTE)
----
pump counts into per_minute [0, 1, 2]
endless, rowtime ROWTIME
Project project-f4c0e2fc, append-only
    symbol
    trades = CAST(EXPR$1 AS INTEGER)
    volume = CAST(EXPR$2 AS DOUBLE)
    ROWTIME = ($f1 + INTERVAL '60' SECOND)
    row (symbol VARCHAR NOT NULL, trades INTEGER NOT NULL, volume DOUBLE, ROWTIME TIMESTAMP(6) NOT NULL)
  Aggregate aggregate-ec3aef02, append-only
      keys symbol, $f1
      EXPR$1 = COUNT(*)
      EXPR$2 = SUM(quantity)
      closes when $f1 < FLOOR(bound, 'MINUTE')
      state: a group is kept until it closes
      row (symbol VARCHAR NOT NULL, $f1 TIMESTAMP(6) NOT NULL, EXPR$1 BIGINT NOT NULL, EXPR$2 BIGINT)
    Project project-2c41659b, append-only
        symbol
        $f1 = FLOOR(ROWTIME, 'MINUTE')
        quantity
        row (symbol VARCHAR NOT NULL, $f1 TIMESTAMP(6) NOT NULL, quantity INTEGER)
      Scan scan-3eafda51, append-only
          stream trades
          rowtime ROWTIME
          row (symbol VARCHAR NOT NULL, quantity INTEGER, ROWTIME TIMESTAMP(6) NOT NULL)
