SELECT symbol, price FROM trades UNION ALL SELECT customer, amount FROM orders
----
bounded
UnionAll union-7f4c7a7f
    row (symbol VARCHAR, price DOUBLE)
  Project project-a2b6d56a
      symbol
      price = CAST(price AS DOUBLE)
      row (symbol VARCHAR, price DOUBLE)
    Scan scan-3eafda51
        stream trades
        row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2))
  Project project-ff63a94b
      symbol = customer
      price = amount
      row (symbol VARCHAR, price DOUBLE)
    Scan scan-6dd2332a
        stream orders
        watermark for ordered, delay 5 s, idle after 10 s
        row (customer VARCHAR, amount DOUBLE)
