SELECT * FROM (SELECT ROWTIME, symbol FROM trades) AS t
----
bounded
Project project-3c89959f
    ROWTIME
    symbol
    row (ROWTIME TIMESTAMP(6) NOT NULL, symbol VARCHAR NOT NULL)
  Scan scan-3eafda51
      stream trades
      row (symbol VARCHAR NOT NULL, ROWTIME TIMESTAMP(6) NOT NULL)
