SELECT STREAM a.window_end, a.n, b.m FROM (SELECT window_end, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(ordered), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end) a FULL JOIN (SELECT window_end, COUNT(*) AS m FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ROWTIME), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end) b ON a.window_end = b.window_end
----
endless
Project project-37895304, append-only
    window_end
    n
    m
    row (window_end TIMESTAMP(6), n BIGINT, m BIGINT)
  Join join-1077a9c1, append-only
      full on left.window_end = right.window_end
      state of the left: a row is kept until right.window_end has passed left.window_end
      state of the right: a row is kept until left.window_end has passed right.window_end
      row (window_end TIMESTAMP(6), n BIGINT, window_end TIMESTAMP(6), m BIGINT)
    Project project-e96c46a6, append-only
        window_end
        n
        row (window_end TIMESTAMP(6) NOT NULL, n BIGINT NOT NULL)
      WindowAggregate window_aggregate-834405da, append-only
          window ordered, size 1 min
          n = COUNT(*)
          state: a group is kept until ordered has passed the end of its window
          row (window_start TIMESTAMP(6) NOT NULL, window_end TIMESTAMP(6) NOT NULL, n BIGINT NOT NULL)
        Scan scan-6dd2332a, append-only
            stream orders
            rowtime ordered
            watermark for ordered, delay 5 s, idle after 10 s
            row (ordered TIMESTAMP(3))
    Project project-479de476, append-only
        window_end
        m
        row (window_end TIMESTAMP(6) NOT NULL, m BIGINT NOT NULL)
      WindowAggregate window_aggregate-052043dd, append-only
          window ROWTIME, size 1 min
          m = COUNT(*)
          state: a group is kept until ROWTIME has passed the end of its window
          row (window_start TIMESTAMP(6) NOT NULL, window_end TIMESTAMP(6) NOT NULL, m BIGINT NOT NULL)
        Scan scan-3eafda51, append-only
            stream trades
            rowtime ROWTIME
            row (ROWTIME TIMESTAMP(6) NOT NULL)
