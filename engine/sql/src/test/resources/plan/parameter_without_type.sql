SELECT ? AS x, symbol FROM trades
----
parameters [VARCHAR]
bounded
Project project-c1533dc7
    x = $1
    symbol
    row (x VARCHAR, symbol VARCHAR NOT NULL)
  Scan scan-3eafda51
      stream trades
      row (symbol VARCHAR NOT NULL)
