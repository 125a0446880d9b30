CREATE DELIVERY d AS SELECT STREAM symbol, price FROM trades WHERE price > 1 TO 'file:///x' WITH (format = 'csv')
----
delivery d ROW(symbol VARCHAR NOT NULL, price DECIMAL(10, 2))
endless, rowtime ROWTIME
Filter filter-398948be, append-only
    condition (price > 1.00)
    row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), ROWTIME TIMESTAMP(6) NOT NULL)
  Scan scan-3eafda51, append-only
      stream trades
      rowtime ROWTIME
      row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), ROWTIME TIMESTAMP(6) NOT NULL)
