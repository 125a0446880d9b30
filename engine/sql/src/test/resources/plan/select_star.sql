SELECT * FROM trades
----
bounded
Scan scan-3eafda51
    stream trades
    row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), quantity INTEGER, traded TIMESTAMP(6))
