SELECT ROW(quantity, symbol) AS r FROM trades
----
bounded
Project project-44cff1e9
    r = ROW(quantity, symbol)
    row (r ROW(f1 INTEGER, f2 VARCHAR NOT NULL) NOT NULL)
  Scan scan-3eafda51
      stream trades
      row (symbol VARCHAR NOT NULL, quantity INTEGER)
