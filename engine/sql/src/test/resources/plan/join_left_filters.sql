SELECT t.symbol, o.amount FROM trades t LEFT JOIN orders o ON t.symbol = o.customer AND t.quantity > 3 AND o.amount > 10 WHERE t.price > 5 AND o.id IS NULL
----
bounded
Project project-7d0b3296
    symbol
    amount
    row (symbol VARCHAR NOT NULL, amount DOUBLE)
  Filter filter-70a5afd9
      condition (id IS NULL)
      row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), quantity INTEGER, id BIGINT, customer VARCHAR, amount DOUBLE)
    Join join-5f274be4
        left on left.symbol = right.customer
        condition (left.quantity > 3)
        row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), quantity INTEGER, id BIGINT, customer VARCHAR, amount DOUBLE)
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
