SELECT /*+ STATE_TTL('t' = '1 day'), STATE_TTL('2 days') */ STREAM t.symbol, o.amount FROM trades t JOIN orders o ON t.symbol = o.customer
----
endless, state without rows for PT48H is forgotten, that of trades after PT24H
Project project-c4bbf3cf, append-only
    symbol
    amount
    row (symbol VARCHAR NOT NULL, amount DOUBLE)
  Join join-648d61d2, append-only
      inner on left.symbol = right.customer
      state of the left: rows are kept while rows come within PT24H
      state of the right: rows are kept while rows come within PT48H
      row (symbol VARCHAR NOT NULL, customer VARCHAR, amount DOUBLE)
    Scan scan-3eafda51, append-only
        stream trades
        row (symbol VARCHAR NOT NULL)
    Scan scan-6dd2332a, append-only
        stream orders
        watermark for ordered, delay 5 s, idle after 10 s
        row (customer VARCHAR, amount DOUBLE)
