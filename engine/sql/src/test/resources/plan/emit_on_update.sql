CREATE MATERIALIZED VIEW v AS SELECT window_start, symbol, COUNT(*) AS n
FROM TABLE(HOP(TABLE trades, DESCRIPTOR(ROWTIME), INTERVAL '10' SECOND, INTERVAL '1' MINUTE))
GROUP BY window_start, window_end, symbol EMIT ON UPDATE WITH LATENESS INTERVAL '5' MINUTE
----
view v ROW(window_start TIMESTAMP(6) NOT NULL, symbol VARCHAR NOT NULL, n BIGINT NOT NULL)
endless
Project project-9f6014c8, updating
    window_start
    symbol
    n
    row (window_start TIMESTAMP(6) NOT NULL, symbol VARCHAR NOT NULL, n BIGINT NOT NULL)
  WindowAggregate window_aggregate-e878149d, updating
      window ROWTIME, size 1 min, slide 10 s
      keys symbol
      n = COUNT(*)
      emits every change, takes rows for 5 min more
      state: a group is kept until ROWTIME has passed the end of its window by 5 min
      row (symbol VARCHAR NOT NULL, window_start TIMESTAMP(6) NOT NULL, window_end TIMESTAMP(6) NOT NULL, n BIGINT NOT NULL)
    Scan scan-3eafda51, append-only
        stream trades
        rowtime ROWTIME
        row (symbol VARCHAR NOT NULL, ROWTIME TIMESTAMP(6) NOT NULL)
