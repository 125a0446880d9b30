SELECT STREAM HOP_START(t.ROWTIME, INTERVAL '10' SECOND, INTERVAL '1' MINUTE) AS s, t.symbol, COUNT(*) AS n
FROM trades AS t GROUP BY t.symbol, HOP(t.ROWTIME, INTERVAL '10' SECOND, INTERVAL '1' MINUTE) HAVING COUNT(*) > 1
----
endless
Project project-afb50ea4, append-only
    s = window_start
    symbol
    n
    row (s TIMESTAMP(6) NOT NULL, symbol VARCHAR NOT NULL, n BIGINT NOT NULL)
  Filter filter-b2a2c771, append-only
      condition (n > 1:BIGINT)
      row (symbol VARCHAR NOT NULL, window_start TIMESTAMP(6) NOT NULL, window_end TIMESTAMP(6) NOT NULL, n BIGINT NOT NULL)
    WindowAggregate window_aggregate-0631347b, append-only
        window ROWTIME, size 1 min, slide 10 s
        keys symbol
        n = COUNT(*)
        state: a group is kept until ROWTIME has passed the end of its window
        row (symbol VARCHAR NOT NULL, window_start TIMESTAMP(6) NOT NULL, window_end TIMESTAMP(6) NOT NULL, n BIGINT NOT NULL)
      Scan scan-3eafda51, append-only
          stream trades
          rowtime ROWTIME
          row (symbol VARCHAR NOT NULL, ROWTIME TIMESTAMP(6) NOT NULL)
