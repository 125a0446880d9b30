SELECT SYMBOL, T.Price FROM Trades AS t
----
bounded
Project project-9db37689
    SYMBOL = symbol
    Price = price
    row (SYMBOL VARCHAR NOT NULL, Price DECIMAL(10, 2))
  Scan scan-3eafda51
      stream trades
      row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2))
