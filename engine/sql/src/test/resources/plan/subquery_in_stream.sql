CREATE PUMP p AS INSERT INTO per_minute (symbol) SELECT STREAM symbol FROM trades WHERE symbol IN (SELECT customer FROM orders WHERE amount > 3)
----
pump p into per_minute [0]
endless, rowtime ROWTIME
Join join-8deb6cf0, append-only
    semi on left.symbol = right.customer
    state of the left: rows are kept for ever
    state of the right: rows are kept for ever
    row (symbol VARCHAR NOT NULL, ROWTIME TIMESTAMP(6) NOT NULL)
  Scan scan-3eafda51, append-only
      stream trades
      rowtime ROWTIME
      row (symbol VARCHAR NOT NULL, ROWTIME TIMESTAMP(6) NOT NULL)
  Aggregate aggregate-ec9075b4, append-only
      keys customer
      state: groups are kept for ever
      row (customer VARCHAR)
    Filter filter-8c044529, append-only
        condition (amount > 3.0:DOUBLE)
        row (customer VARCHAR, amount DOUBLE)
      Scan scan-6dd2332a, append-only
          stream orders
          watermark for ordered, delay 5 s, idle after 10 s
          row (customer VARCHAR, amount DOUBLE)
