SELECT STREAM * FROM (SELECT window_start, window_end, symbol, quantity FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ROWTIME), INTERVAL '1' MINUTE)))
  PIVOT (SUM(quantity) FOR symbol IN ('A', 'B')) AS p
----
endless
Project project-15add6f2, append-only
    window_start
    window_end
    'A' = 'A'_null
    'B' = 'B'_null
    row (window_start TIMESTAMP(6) NOT NULL, window_end TIMESTAMP(6) NOT NULL, 'A' BIGINT, 'B' BIGINT)
  WindowAggregate window_aggregate-afb430d7, append-only
      window ROWTIME, size 1 min
      'A'_null = SUM(quantity) FILTER ($f4)
      'B'_null = SUM(quantity) FILTER ($f5)
      state: a group is kept until ROWTIME has passed the end of its window
      row (window_start TIMESTAMP(6) NOT NULL, window_end TIMESTAMP(6) NOT NULL, 'A'_null BIGINT, 'B'_null BIGINT)
    Project project-c76e1e2e, append-only
        quantity
        $f4 = (symbol = 'A')
        $f5 = (symbol = 'B')
        ROWTIME
        row (quantity INTEGER, $f4 BOOLEAN NOT NULL, $f5 BOOLEAN NOT NULL, ROWTIME TIMESTAMP(6) NOT NULL)
      Scan scan-3eafda51, append-only
          stream trades
          rowtime ROWTIME
          row (symbol VARCHAR NOT NULL, quantity INTEGER, ROWTIME TIMESTAMP(6) NOT NULL)
