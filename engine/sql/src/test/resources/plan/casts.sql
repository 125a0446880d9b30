SELECT CAST(price AS DOUBLE), quantity::BIGINT, CAST(symbol AS INTEGER), CAST(traded AS DATE), CAST(quantity AS VARCHAR(3)), TRY_CAST(symbol AS DOUBLE), CAST(symbol AS CHAR(5)) FROM trades
----
bounded
Project project-e7840d5c
    price = CAST(price AS DOUBLE)
    quantity = CAST(quantity AS BIGINT)
    symbol = CAST(symbol AS INTEGER)
    traded = CAST(traded AS DATE)
    quantity = CAST(quantity AS VARCHAR(3))
    try_cast = TRY_CAST(symbol AS DOUBLE)
    symbol = CAST(symbol AS CHAR(5))
    row (price DOUBLE, quantity BIGINT, symbol INTEGER NOT NULL, traded DATE, quantity VARCHAR(3), try_cast DOUBLE, symbol CHAR(5) NOT NULL)
  Scan scan-3eafda51
      stream trades
      row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), quantity INTEGER, traded TIMESTAMP(6))
