SELECT symbol FROM trades WHERE symbol IN (SELECT customer FROM orders)
----
bounded
Join join-2873ccb5
    semi on left.symbol = right.customer
    row (symbol VARCHAR NOT NULL)
  Scan scan-3eafda51
      stream trades
      row (symbol VARCHAR NOT NULL)
  Scan scan-6dd2332a
      stream orders
      watermark for ordered, delay 5 s, idle after 10 s
      row (customer VARCHAR)
