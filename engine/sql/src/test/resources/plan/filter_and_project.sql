SELECT symbol, price * quantity AS amount FROM trades WHERE price > 10 AND symbol <> 'ACME'
----
bounded
Project project-78842cf0
    symbol
    amount = (price * CAST(quantity AS DECIMAL(10, 0)))
    row (symbol VARCHAR NOT NULL, amount DECIMAL(20, 2))
  Filter filter-10192731
      condition ((price > 10.00) AND (symbol <> 'ACME'))
      row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), quantity INTEGER)
    Scan scan-3eafda51
        stream trades
        row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), quantity INTEGER)
