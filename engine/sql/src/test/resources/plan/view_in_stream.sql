SELECT STREAM * FROM totals
----
endless
Scan scan-fb2a3609, updating
    table totals
    row (symbol VARCHAR NOT NULL, trades BIGINT NOT NULL, volume BIGINT)
