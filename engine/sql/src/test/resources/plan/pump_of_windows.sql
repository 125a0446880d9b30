CREATE PUMP p AS INSERT INTO per_minute
SELECT STREAM symbol, COUNT(*), SUM(quantity)
FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ROWTIME), INTERVAL '1' MINUTE)) GROUP BY symbol, window_start, window_end
----
pump p into per_minute [0, 1, 2]
endless, rowtime ROWTIME
Project project-62f25165, append-only
    symbol
    trades = CAST(EXPR$1 AS INTEGER)
    volume = CAST(EXPR$2 AS DOUBLE)
    ROWTIME = window_end
    row (symbol VARCHAR NOT NULL, trades INTEGER NOT NULL, volume DOUBLE, ROWTIME TIMESTAMP(6) NOT NULL)
  WindowAggregate window_aggregate-211014be, append-only
      window ROWTIME, size 1 min
      keys symbol
      EXPR$1 = COUNT(*)
      EXPR$2 = SUM(quantity)
      state: a group is kept until ROWTIME has passed the end of its window
      row (symbol VARCHAR NOT NULL, window_start TIMESTAMP(6) NOT NULL, window_end TIMESTAMP(6) NOT NULL, EXPR$1 BIGINT NOT NULL, EXPR$2 BIGINT)
    Scan scan-3eafda51, append-only
        stream trades
        rowtime ROWTIME
        row (symbol VARCHAR NOT NULL, quantity INTEGER, ROWTIME TIMESTAMP(6) NOT NULL)
