SELECT STREAM a.window_start, a.id, b.symbol FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(ordered), INTERVAL '1' MINUTE)) a JOIN TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ROWTIME), INTERVAL '1' MINUTE)) b ON a.window_start = b.window_start AND a.window_end = b.window_end AND a.customer = b.symbol
----
endless
Project project-5d2191f9, append-only
    window_start
    id
    symbol
    row (window_start TIMESTAMP(6) NOT NULL, id BIGINT NOT NULL, symbol VARCHAR NOT NULL)
  Join join-5274771a, append-only
      inner on left.window_start = right.window_start and left.window_end = right.window_end and left.customer = right.symbol
      state of the left: a row is kept until right.window_start has passed left.window_start
      state of the right: a row is kept until left.window_start has passed right.window_start
      row (id BIGINT NOT NULL, customer VARCHAR, ordered TIMESTAMP(3), window_start TIMESTAMP(6) NOT NULL, window_end TIMESTAMP(6) NOT NULL, window_time TIMESTAMP(6) NOT NULL, symbol VARCHAR NOT NULL, ROWTIME TIMESTAMP(6) NOT NULL, window_start TIMESTAMP(6) NOT NULL, window_end TIMESTAMP(6) NOT NULL, window_time TIMESTAMP(6) NOT NULL)
    Window window-3629ec7b, append-only
        window ordered, size 1 min
        row (id BIGINT NOT NULL, customer VARCHAR, ordered TIMESTAMP(3), window_start TIMESTAMP(6) NOT NULL, window_end TIMESTAMP(6) NOT NULL, window_time TIMESTAMP(6) NOT NULL)
      Scan scan-6dd2332a, append-only
          stream orders
          rowtime ordered
          watermark for ordered, delay 5 s, idle after 10 s
          row (id BIGINT NOT NULL, customer VARCHAR, ordered TIMESTAMP(3))
    Window window-ac55c10d, append-only
        window ROWTIME, size 1 min
        row (symbol VARCHAR NOT NULL, ROWTIME TIMESTAMP(6) NOT NULL, window_start TIMESTAMP(6) NOT NULL, window_end TIMESTAMP(6) NOT NULL, window_time TIMESTAMP(6) NOT NULL)
      Scan scan-3eafda51, append-only
          stream trades
          rowtime ROWTIME
          row (symbol VARCHAR NOT NULL, ROWTIME TIMESTAMP(6) NOT NULL)
