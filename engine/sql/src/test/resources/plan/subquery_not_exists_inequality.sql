SELECT symbol FROM trades t WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.amount > t.quantity)
----
bounded
Project project-75fbd716
    symbol
    row (symbol VARCHAR NOT NULL)
  Join join-387a2826
      anti
      condition (right.amount > CAST(left.quantity AS DOUBLE))
      row (symbol VARCHAR NOT NULL, quantity INTEGER)
    Scan scan-3eafda51
        stream trades
        row (symbol VARCHAR NOT NULL, quantity INTEGER)
    Scan scan-6dd2332a
        stream orders
        watermark for ordered, delay 5 s, idle after 10 s
        row (amount DOUBLE)
