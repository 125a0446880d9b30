SELECT STREAM DISTINCT symbol, window_start FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ROWTIME), INTERVAL '1' SECOND))
----
endless
Project project-09637915, append-only
    symbol
    window_start
    row (symbol VARCHAR NOT NULL, window_start TIMESTAMP(6) NOT NULL)
  WindowAggregate window_aggregate-9a8373b8, append-only
      window ROWTIME, size 1 s
      keys symbol
      state: a group is kept until ROWTIME has passed the end of its window
      row (symbol VARCHAR NOT NULL, window_start TIMESTAMP(6) NOT NULL, window_end TIMESTAMP(6) NOT NULL)
    Scan scan-3eafda51, append-only
        stream trades
        rowtime ROWTIME
        row (symbol VARCHAR NOT NULL, ROWTIME TIMESTAMP(6) NOT NULL)
