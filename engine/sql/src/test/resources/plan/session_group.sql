SELECT STREAM window_start, window_end, symbol, COUNT(*) AS n
FROM TABLE(SESSION(TABLE trades PARTITION BY symbol, DESCRIPTOR(ROWTIME), INTERVAL '30' SECOND))
GROUP BY window_start, window_end, symbol
----
endless
Project project-b38c241c, append-only
    window_start
    window_end
    symbol
    n
    row (window_start TIMESTAMP(6) NOT NULL, window_end TIMESTAMP(6) NOT NULL, symbol VARCHAR NOT NULL, n BIGINT NOT NULL)
  WindowAggregate window_aggregate-e73a1745, append-only
      window ROWTIME, session with a gap of 30 s
      keys symbol
      n = COUNT(*)
      state: a group is kept until ROWTIME has passed the end of its session
      row (symbol VARCHAR NOT NULL, window_start TIMESTAMP(6) NOT NULL, window_end TIMESTAMP(6) NOT NULL, n BIGINT NOT NULL)
    Scan scan-3eafda51, append-only
        stream trades
        rowtime ROWTIME
        row (symbol VARCHAR NOT NULL, ROWTIME TIMESTAMP(6) NOT NULL)
