CREATE MATERIALIZED VIEW top AS SELECT symbol, SUM(quantity) AS q FROM trades GROUP BY symbol ORDER BY q DESC LIMIT 10 OFFSET 5
----
view top ROW(symbol VARCHAR NOT NULL, q BIGINT)
endless
TopN top_n-e2f645f1, updating
    order q DESC NULLS FIRST
    ROW_NUMBER from 6 to 15
    state: all rows of a partition are kept for ever
    row (symbol VARCHAR NOT NULL, q BIGINT)
  Aggregate aggregate-6efcd6d9, updating
      keys symbol
      q = SUM(quantity)
      state: groups are kept for ever
      row (symbol VARCHAR NOT NULL, q BIGINT)
    Scan scan-3eafda51, append-only
        stream trades
        row (symbol VARCHAR NOT NULL, quantity INTEGER)
