SELECT STREAM symbol, window_start, window_end, COUNT(*) AS trades, SUM(quantity) AS volume
FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ROWTIME), INTERVAL '10' SECOND))
GROUP BY symbol, window_start, window_end
----
endless
WindowAggregate window_aggregate-3811f910, append-only
    window ROWTIME, size 10 s
    keys symbol
    trades = COUNT(*)
    volume = SUM(quantity)
    state: a group is kept until ROWTIME has passed the end of its window
    row (symbol VARCHAR NOT NULL, window_start TIMESTAMP(6) NOT NULL, window_end TIMESTAMP(6) NOT NULL, trades BIGINT NOT NULL, volume BIGINT)
  Scan scan-3eafda51, append-only
      stream trades
      rowtime ROWTIME
      row (symbol VARCHAR NOT NULL, quantity INTEGER, ROWTIME TIMESTAMP(6) NOT NULL)
