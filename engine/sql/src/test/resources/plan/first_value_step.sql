SELECT STREAM symbol, FIRST_VALUE(price), LAST_VALUE(price) FROM trades GROUP BY symbol, STEP(trades.ROWTIME BY INTERVAL '1' MINUTE)
----
endless
Project project-429aef9b, append-only
    symbol
    first_value = EXPR$1
    last_value = EXPR$2
    row (symbol VARCHAR NOT NULL, first_value DECIMAL(10, 2), last_value DECIMAL(10, 2))
  Aggregate aggregate-137eb3f4, append-only
      keys symbol, $f1
      EXPR$1 = FIRST_VALUE(price)
      EXPR$2 = LAST_VALUE(price)
      closes when $f1 < STEP(bound, INTERVAL '60' SECOND)
      state: a group is kept until it closes
      row (symbol VARCHAR NOT NULL, $f1 TIMESTAMP(6) NOT NULL, EXPR$1 DECIMAL(10, 2), EXPR$2 DECIMAL(10, 2))
    Project project-a6c7e9a3, append-only
        symbol
        $f1 = STEP(ROWTIME, INTERVAL '60' SECOND)
        price
        row (symbol VARCHAR NOT NULL, $f1 TIMESTAMP(6) NOT NULL, price DECIMAL(10, 2))
      Scan scan-3eafda51, append-only
          stream trades
          rowtime ROWTIME
          row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), ROWTIME TIMESTAMP(6) NOT NULL)
