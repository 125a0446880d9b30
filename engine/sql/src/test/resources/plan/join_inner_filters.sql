SELECT t.symbol, o.amount FROM trades t JOIN orders o ON t.symbol = o.customer AND t.quantity > o.id AND o.amount > 10 WHERE t.price > 5
----
bounded
Project project-a9339fdf
    symbol
    amount
    row (symbol VARCHAR NOT NULL, amount DOUBLE)
  Join join-c012bfda
      inner on left.symbol = right.customer
      condition (CAST(left.quantity AS BIGINT) > right.id)
      row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), quantity INTEGER, id BIGINT NOT NULL, customer VARCHAR, amount DOUBLE)
    Filter filter-fb4457e1
        condition (price > 5.00)
        row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), quantity INTEGER)
      Scan scan-3eafda51
          stream trades
          row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), quantity INTEGER)
    Filter filter-56cd9a2e
        condition (amount > 10.0:DOUBLE)
        row (id BIGINT NOT NULL, customer VARCHAR, amount DOUBLE)
      Scan scan-6dd2332a
          stream orders
          watermark for ordered, delay 5 s, idle after 10 s
          row (id BIGINT NOT NULL, customer VARCHAR, amount DOUBLE)
