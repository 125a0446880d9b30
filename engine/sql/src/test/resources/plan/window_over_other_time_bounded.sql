SELECT window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(traded), INTERVAL '1' DAY)) GROUP BY window_start, window_end
----
bounded
Project project-ff0641ee
    window_start
    count = EXPR$1
    row (window_start TIMESTAMP(6) NOT NULL, count BIGINT NOT NULL)
  Aggregate aggregate-b544fe29
      keys window_start, window_end
      EXPR$1 = COUNT(*)
      row (window_start TIMESTAMP(6) NOT NULL, window_end TIMESTAMP(6) NOT NULL, EXPR$1 BIGINT NOT NULL)
    Window window-bcdeaedb
        window traded, size 1 d
        row (traded TIMESTAMP(6), window_start TIMESTAMP(6) NOT NULL, window_end TIMESTAMP(6) NOT NULL, window_time TIMESTAMP(6) NOT NULL)
      Scan scan-3eafda51
          stream trades
          row (traded TIMESTAMP(6))
