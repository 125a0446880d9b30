SELECT STREAM window_time, symbol, MAX(price) FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ROWTIME), INTERVAL '1' SECOND)) GROUP BY window_time, symbol
----
endless
Project project-f8a8606c, append-only
    window_time = (window_end - INTERVAL '0.000001' SECOND)
    symbol
    max
    row (window_time TIMESTAMP(6) NOT NULL, symbol VARCHAR NOT NULL, max DECIMAL(10, 2))
  WindowAggregate window_aggregate-d27b7674, append-only
      window ROWTIME, size 1 s
      keys symbol
      max = MAX(price)
      state: a group is kept until ROWTIME has passed the end of its window
      row (symbol VARCHAR NOT NULL, window_start TIMESTAMP(6) NOT NULL, window_end TIMESTAMP(6) NOT NULL, max DECIMAL(10, 2))
    Scan scan-3eafda51, append-only
        stream trades
        rowtime ROWTIME
        row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), ROWTIME TIMESTAMP(6) NOT NULL)
