CREATE PUMP p AS INSERT INTO per_minute (symbol, trades) SELECT STREAM j.symbol, COUNT(*) FROM TABLE(TUMBLE((SELECT o.ordered, t.symbol FROM trades t JOIN orders o ON t.symbol = o.customer AND t.ROWTIME BETWEEN o.ordered AND o.ordered + INTERVAL '1' MINUTE), DESCRIPTOR(ordered), INTERVAL '1' MINUTE)) j GROUP BY j.window_start, j.window_end, j.symbol
----
pump p into per_minute [0, 1]
endless, rowtime ROWTIME
Project project-9bb00e13, append-only
    symbol
    trades = CAST(EXPR$1 AS INTEGER)
    ROWTIME = window_end
    row (symbol VARCHAR NOT NULL, trades INTEGER NOT NULL, ROWTIME TIMESTAMP(6) NOT NULL)
  WindowAggregate window_aggregate-16631640, append-only
      window ordered, size 1 min
      keys symbol
      EXPR$1 = COUNT(*)
      state: a group is kept until ordered has passed the end of its window
      row (symbol VARCHAR NOT NULL, window_start TIMESTAMP(6) NOT NULL, window_end TIMESTAMP(6) NOT NULL, EXPR$1 BIGINT NOT NULL)
    Project project-c008c9f7, append-only
        ordered
        symbol
        row (ordered TIMESTAMP(3), symbol VARCHAR NOT NULL)
      Join join-98202452, append-only
          inner on left.symbol = right.customer
          condition ((left.ROWTIME >= right.ordered) AND (left.ROWTIME <= (right.ordered + INTERVAL '60' SECOND)))
          state of the left: a row is kept until right.ordered has passed left.ROWTIME
          state of the right: a row is kept until left.ROWTIME has passed right.ordered + 1 min
          row (symbol VARCHAR NOT NULL, ROWTIME TIMESTAMP(6) NOT NULL, customer VARCHAR, ordered TIMESTAMP(3))
        Scan scan-3eafda51, append-only
            stream trades
            rowtime ROWTIME
            row (symbol VARCHAR NOT NULL, ROWTIME TIMESTAMP(6) NOT NULL)
        Scan scan-6dd2332a, append-only
            stream orders
            rowtime ordered
            watermark for ordered, delay 5 s, idle after 10 s
            row (customer VARCHAR, ordered TIMESTAMP(3))
