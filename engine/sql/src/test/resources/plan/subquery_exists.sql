SELECT symbol FROM trades t WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer = t.symbol AND o.amount > t.quantity)
----
bounded
Project project-c1cc904e
    symbol
    row (symbol VARCHAR NOT NULL)
  Join join-17476754
      semi on left.symbol = right.customer
      condition (right.amount > CAST(left.quantity AS DOUBLE))
      row (symbol VARCHAR NOT NULL, quantity INTEGER)
    Scan scan-3eafda51
        stream trades
        row (symbol VARCHAR NOT NULL, quantity INTEGER)
    Scan scan-6dd2332a
        stream orders
        watermark for ordered, delay 5 s, idle after 10 s
        row (customer VARCHAR, amount DOUBLE)
