CREATE PUMP p AS INSERT INTO per_minute (symbol, trades)
SELECT STREAM symbol, quantity FROM trades UNION ALL SELECT STREAM customer, CAST(id AS INTEGER) FROM orders WHERE customer IS NOT NULL
----
pump p into per_minute [0, 1]
endless, rowtime ROWTIME
Project project-3753d921, append-only
    symbol = NOT_NULL(symbol, 'NULL for column ''symbol'', which is NOT NULL')
    trades = quantity
    ROWTIME
    row (symbol VARCHAR NOT NULL, trades INTEGER, ROWTIME TIMESTAMP(6) NOT NULL)
  UnionAll union-fe7a593f, append-only
      row (symbol VARCHAR, quantity INTEGER, ROWTIME TIMESTAMP(6) NOT NULL)
    Project project-a875e63d, append-only
        symbol
        quantity
        ROWTIME
        row (symbol VARCHAR, quantity INTEGER, ROWTIME TIMESTAMP(6) NOT NULL)
      Scan scan-3eafda51, append-only
          stream trades
          rowtime ROWTIME
          row (symbol VARCHAR NOT NULL, quantity INTEGER, ROWTIME TIMESTAMP(6) NOT NULL)
    Project project-7d688197, append-only
        symbol = customer
        quantity = CAST(id AS INTEGER)
        ROWTIME
        row (symbol VARCHAR, quantity INTEGER, ROWTIME TIMESTAMP(6) NOT NULL)
      Filter filter-ad07d9a9, append-only
          condition (customer IS NOT NULL)
          row (id BIGINT NOT NULL, customer VARCHAR, ROWTIME TIMESTAMP(6) NOT NULL)
        Scan scan-6dd2332a, append-only
            stream orders
            rowtime ROWTIME
            watermark for ordered, delay 5 s, idle after 10 s
            row (id BIGINT NOT NULL, customer VARCHAR, ROWTIME TIMESTAMP(6) NOT NULL)
