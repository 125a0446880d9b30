SELECT STREAM symbol, window_end FROM TABLE(SESSION(TABLE trades, DESCRIPTOR(ROWTIME), INTERVAL '30' SECOND))
----
endless
Project project-8b75ec61, append-only
    symbol
    window_end
    row (symbol VARCHAR NOT NULL, window_end TIMESTAMP(6) NOT NULL)
  Window window-fee9db11, append-only
      window ROWTIME, session with a gap of 30 s
      state: rows are kept until their session has ended
      row (symbol VARCHAR NOT NULL, ROWTIME TIMESTAMP(6) NOT NULL, window_start TIMESTAMP(6) NOT NULL, window_end TIMESTAMP(6) NOT NULL, window_time TIMESTAMP(6) NOT NULL)
    Scan scan-3eafda51, append-only
        stream trades
        rowtime ROWTIME
        row (symbol VARCHAR NOT NULL, ROWTIME TIMESTAMP(6) NOT NULL)
