SELECT * FROM trades NATURAL JOIN orders
----
bounded
Join join-df7796ed
    inner
    row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), quantity INTEGER, traded TIMESTAMP(6), id BIGINT NOT NULL, customer VARCHAR, amount DOUBLE, ordered TIMESTAMP(3))
  Scan scan-3eafda51
      stream trades
      row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), quantity INTEGER, traded TIMESTAMP(6))
  Scan scan-6dd2332a
      stream orders
      watermark for ordered, delay 5 s, idle after 10 s
      row (id BIGINT NOT NULL, customer VARCHAR, amount DOUBLE, ordered TIMESTAMP(3))
