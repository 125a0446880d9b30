SELECT STREAM window_start, window_end, SUM(price) AS total
FROM TABLE(CUMULATE(TABLE trades, DESCRIPTOR(ROWTIME), INTERVAL '10' MINUTE, INTERVAL '1' DAY, INTERVAL '6' HOUR))
GROUP BY window_start, window_end
----
endless
WindowAggregate window_aggregate-7611e235, append-only
    window ROWTIME, cumulating to 1 d, step 10 min, offset 6 h
    total = SUM(price)
    state: a group is kept until ROWTIME has passed the end of its window
    row (window_start TIMESTAMP(6) NOT NULL, window_end TIMESTAMP(6) NOT NULL, total DECIMAL(38, 2))
  Scan scan-3eafda51, append-only
      stream trades
      rowtime ROWTIME
      row (price DECIMAL(10, 2), ROWTIME TIMESTAMP(6) NOT NULL)
