CREATE PUMP copies AS INSERT INTO per_minute (symbol, trades) SELECT symbol, quantity FROM trades WHERE quantity > 0
----
pump copies into per_minute [0, 1]
endless, rowtime ROWTIME
Project project-44898526, append-only
    symbol
    trades = quantity
    ROWTIME
    row (symbol VARCHAR NOT NULL, trades INTEGER, ROWTIME TIMESTAMP(6) NOT NULL)
  Filter filter-af484377, append-only
      condition (quantity > 0)
      row (symbol VARCHAR NOT NULL, quantity INTEGER, ROWTIME TIMESTAMP(6) NOT NULL)
    Scan scan-3eafda51, append-only
        stream trades
        rowtime ROWTIME
        row (symbol VARCHAR NOT NULL, quantity INTEGER, ROWTIME TIMESTAMP(6) NOT NULL)
