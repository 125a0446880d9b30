SELECT window_end FROM TUMBLE(TABLE trades, DESCRIPTOR(ROWTIME), INTERVAL '1' SECOND)
----
bounded
Project project-5a222d37
    window_end
    row (window_end TIMESTAMP(6) NOT NULL)
  Window window-b5992dcb
      window ROWTIME, size 1 s
      row (ROWTIME TIMESTAMP(6) NOT NULL, window_start TIMESTAMP(6) NOT NULL, window_end TIMESTAMP(6) NOT NULL, window_time TIMESTAMP(6) NOT NULL)
    Scan scan-3eafda51
        stream trades
        row (ROWTIME TIMESTAMP(6) NOT NULL)
