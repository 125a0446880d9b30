SELECT symbol FROM trades UNION SELECT customer FROM orders
----
bounded
Aggregate aggregate-f3e44d96
    keys symbol
    row (symbol VARCHAR)
  UnionAll union-7f4c7a7f
      row (symbol VARCHAR)
    Project project-963354ef
        symbol
        row (symbol VARCHAR)
      Scan scan-3eafda51
          stream trades
          row (symbol VARCHAR NOT NULL)
    Project project-7427b7eb
        symbol = customer
        row (symbol VARCHAR)
      Scan scan-6dd2332a
          stream orders
          watermark for ordered, delay 5 s, idle after 10 s
          row (customer VARCHAR)
