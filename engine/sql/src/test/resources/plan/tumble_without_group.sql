SELECT STREAM window_start, symbol FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ROWTIME), INTERVAL '1' HOUR, INTERVAL '15' MINUTE)) WHERE quantity > 5
----
endless
Project project-f7df28a8, append-only
    window_start
    symbol
    row (window_start TIMESTAMP(6) NOT NULL, symbol VARCHAR NOT NULL)
  Window window-6aa8e5c6, append-only
      window ROWTIME, size 1 h, offset 15 min
      row (symbol VARCHAR NOT NULL, quantity INTEGER, ROWTIME TIMESTAMP(6) NOT NULL, window_start TIMESTAMP(6) NOT NULL, window_end TIMESTAMP(6) NOT NULL, window_time TIMESTAMP(6) NOT NULL)
    Filter filter-5549e824, append-only
        condition (quantity > 5)
        row (symbol VARCHAR NOT NULL, quantity INTEGER, ROWTIME TIMESTAMP(6) NOT NULL)
      Scan scan-3eafda51, append-only
          stream trades
          row (symbol VARCHAR NOT NULL, quantity INTEGER, ROWTIME TIMESTAMP(6) NOT NULL)
