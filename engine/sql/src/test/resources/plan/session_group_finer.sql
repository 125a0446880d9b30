SELECT STREAM window_end, symbol, price, COUNT(*) AS n
FROM TABLE(SESSION(TABLE trades PARTITION BY symbol, DESCRIPTOR(ROWTIME), INTERVAL '30' SECOND))
GROUP BY window_start, window_end, symbol, price
----
endless
Project project-3fe11aab, append-only
    window_end
    symbol
    price
    n
    row (window_end TIMESTAMP(6) NOT NULL, symbol VARCHAR NOT NULL, price DECIMAL(10, 2), n BIGINT NOT NULL)
  Aggregate aggregate-f417d67c, append-only
      keys window_start, window_end, symbol, price
      n = COUNT(*)
      closes when window_end < bound
      state: a group is kept until it closes
      row (window_start TIMESTAMP(6) NOT NULL, window_end TIMESTAMP(6) NOT NULL, symbol VARCHAR NOT NULL, price DECIMAL(10, 2), n BIGINT NOT NULL)
    Window window-0a905f72, append-only
        window ROWTIME, session with a gap of 30 s
        partition symbol
        state: rows are kept until their session has ended
        row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), ROWTIME TIMESTAMP(6) NOT NULL, window_start TIMESTAMP(6) NOT NULL, window_end TIMESTAMP(6) NOT NULL, window_time TIMESTAMP(6) NOT NULL)
      Scan scan-3eafda51, append-only
          stream trades
          rowtime ROWTIME
          row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), ROWTIME TIMESTAMP(6) NOT NULL)
