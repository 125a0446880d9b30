SELECT STREAM DISTINCT ON (symbol) symbol, quantity FROM trades ORDER BY symbol, quantity DESC
----
endless
TopN top_n-d680972b, updating
    partition symbol
    order quantity DESC NULLS FIRST
    ROW_NUMBER from 1 to 1
    state: of a partition the rows up to place 1 are kept for ever
    row (symbol VARCHAR NOT NULL, quantity INTEGER)
  Scan scan-3eafda51, append-only
      stream trades
      row (symbol VARCHAR NOT NULL, quantity INTEGER)
