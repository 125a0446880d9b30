SELECT symbol, price FROM trades WHERE symbol = ? AND price > ? AND quantity < ?
----
parameters [VARCHAR, DECIMAL(10, 2), INTEGER]
bounded
Project project-91d12a29
    symbol
    price
    row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2))
  Filter filter-9bd687a8
      condition ((symbol = $1) AND (price > $2) AND (quantity < $3))
      row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), quantity INTEGER)
    Scan scan-3eafda51
        stream trades
        row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), quantity INTEGER)
