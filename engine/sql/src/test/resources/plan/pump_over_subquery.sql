CREATE PUMP p AS INSERT INTO per_minute (symbol, trades)
SELECT STREAM s.symbol, COUNT(*) FROM (SELECT STREAM symbol FROM trades WHERE price > 1) AS s
GROUP BY s.symbol, FLOOR(s.ROWTIME TO SECOND)
----
pump p into per_minute [0, 1]
endless, rowtime ROWTIME
Project project-b6e84fc2, append-only
    symbol
    trades = CAST(EXPR$1 AS INTEGER)
    ROWTIME = ($f1 + INTERVAL '1' SECOND)
    row (symbol VARCHAR NOT NULL, trades INTEGER NOT NULL, ROWTIME TIMESTAMP(6) NOT NULL)
  Aggregate aggregate-ed07e695, append-only
      keys symbol, $f1
      EXPR$1 = COUNT(*)
      closes when $f1 < FLOOR(bound, 'SECOND')
      state: a group is kept until it closes
      row (symbol VARCHAR NOT NULL, $f1 TIMESTAMP(6) NOT NULL, EXPR$1 BIGINT NOT NULL)
    Project project-f6c80b5b, append-only
        symbol
        $f1 = FLOOR(ROWTIME, 'SECOND')
        row (symbol VARCHAR NOT NULL, $f1 TIMESTAMP(6) NOT NULL)
      Filter filter-398948be, append-only
          condition (price > 1.00)
          row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), ROWTIME TIMESTAMP(6) NOT NULL)
        Scan scan-3eafda51, append-only
            stream trades
            rowtime ROWTIME
            row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), ROWTIME TIMESTAMP(6) NOT NULL)
