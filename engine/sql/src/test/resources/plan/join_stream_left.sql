SELECT STREAM t.symbol, o.amount FROM trades t LEFT JOIN orders o ON t.symbol = o.customer
----
endless
Project project-0e67fc41, updating
    symbol
    amount
    row (symbol VARCHAR NOT NULL, amount DOUBLE)
  Join join-696f4427, updating
      left on left.symbol = right.customer
      state of the left: rows are kept for ever
      state of the right: rows are kept for ever
      row (symbol VARCHAR NOT NULL, customer VARCHAR, amount DOUBLE)
    Scan scan-3eafda51, append-only
        stream trades
        row (symbol VARCHAR NOT NULL)
    Scan scan-6dd2332a, append-only
        stream orders
        watermark for ordered, delay 5 s, idle after 10 s
        row (customer VARCHAR, amount DOUBLE)
