SELECT STREAM w.window_end, COUNT(*) FROM TABLE(TUMBLE((
  SELECT STREAM symbol, window_end AS closed FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ROWTIME), INTERVAL '1' MINUTE)) GROUP BY symbol, window_start, window_end
), DESCRIPTOR(closed), INTERVAL '1' HOUR)) AS w GROUP BY w.window_start, w.window_end
----
endless
Project project-df376c14, append-only
    window_end
    count = EXPR$1
    row (window_end TIMESTAMP(6) NOT NULL, count BIGINT NOT NULL)
  WindowAggregate window_aggregate-e95ba706, append-only
      window closed, size 1 h
      EXPR$1 = COUNT(*)
      state: a group is kept until closed has passed the end of its window
      row (window_start TIMESTAMP(6) NOT NULL, window_end TIMESTAMP(6) NOT NULL, EXPR$1 BIGINT NOT NULL)
    Project project-4a92d2d6, append-only
        closed = window_end
        row (closed TIMESTAMP(6) NOT NULL)
      WindowAggregate window_aggregate-52e24724, append-only
          window ROWTIME, size 1 min
          keys symbol
          state: a group is kept until ROWTIME has passed the end of its window
          row (symbol VARCHAR NOT NULL, window_start TIMESTAMP(6) NOT NULL, window_end TIMESTAMP(6) NOT NULL)
        Scan scan-3eafda51, append-only
            stream trades
            rowtime ROWTIME
            row (symbol VARCHAR NOT NULL, ROWTIME TIMESTAMP(6) NOT NULL)
