SELECT STREAM symbol, SESSION_START(ROWTIME, INTERVAL '30' SECOND) AS s, SESSION_END(ROWTIME, INTERVAL '30' SECOND), COUNT(*)
FROM trades GROUP BY symbol, SESSION(ROWTIME, INTERVAL '30' SECOND)
----
endless
Project project-610bddb6, append-only
    symbol
    s = window_start
    window_end
    EXPR$3
    row (symbol VARCHAR NOT NULL, s TIMESTAMP(6) NOT NULL, window_end TIMESTAMP(6) NOT NULL, EXPR$3 BIGINT NOT NULL)
  WindowAggregate window_aggregate-e73a1745, append-only
      window ROWTIME, session with a gap of 30 s
      keys symbol
      EXPR$3 = COUNT(*)
      state: a group is kept until ROWTIME has passed the end of its session
      row (symbol VARCHAR NOT NULL, window_start TIMESTAMP(6) NOT NULL, window_end TIMESTAMP(6) NOT NULL, EXPR$3 BIGINT NOT NULL)
    Scan scan-3eafda51, append-only
        stream trades
        rowtime ROWTIME
        row (symbol VARCHAR NOT NULL, ROWTIME TIMESTAMP(6) NOT NULL)
