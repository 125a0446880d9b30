SELECT CAST(price AS DOUBLE), quantity::BIGINT, CAST(symbol AS INTEGER), CAST(traded AS DATE), CAST(quantity AS VARCHAR(3)), TRY_CAST(symbol AS DOUBLE), CAST(symbol AS CHAR(5)) FROM trades
----
bounded
Project project-e7840d5c
    EXPR$0 = CAST(price AS DOUBLE)
    EXPR$1 = CAST(quantity AS BIGINT)
    EXPR$2 = CAST(symbol AS INTEGER)
    EXPR$3 = CAST(traded AS DATE)
    EXPR$4 = CAST(quantity AS VARCHAR(3))
    EXPR$5 = TRY_CAST(symbol AS DOUBLE)
    EXPR$6 = CAST(symbol AS CHAR(5))
    row (EXPR$0 DOUBLE, EXPR$1 BIGINT, EXPR$2 INTEGER NOT NULL, EXPR$3 DATE, EXPR$4 VARCHAR(3), EXPR$5 DOUBLE, EXPR$6 CHAR(5) NOT NULL)
  Scan scan-3eafda51
      stream trades
      row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), quantity INTEGER, traded TIMESTAMP(6))
