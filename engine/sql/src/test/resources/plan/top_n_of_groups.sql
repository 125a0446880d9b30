CREATE MATERIALIZED VIEW top AS SELECT symbol, n, r FROM (SELECT symbol, n, RANK() OVER (ORDER BY n DESC) AS r FROM (SELECT symbol, COUNT(*) AS n FROM trades GROUP BY symbol)) WHERE r BETWEEN 2 AND 5
----
view top ROW(symbol VARCHAR NOT NULL, n BIGINT NOT NULL, r BIGINT NOT NULL)
endless
Project project-e4547ff9, updating
    symbol
    n
    r = $3
    row (symbol VARCHAR NOT NULL, n BIGINT NOT NULL, r BIGINT NOT NULL)
  TopN top_n-210871ab, updating
      order n DESC NULLS FIRST
      RANK from 2 to 5 as $3
      state: all rows of a partition are kept for ever
      row (symbol VARCHAR NOT NULL, n BIGINT NOT NULL, $3 BIGINT NOT NULL)
    Aggregate aggregate-f0be64ea, updating
        keys symbol
        n = COUNT(*)
        state: groups are kept for ever
        row (symbol VARCHAR NOT NULL, n BIGINT NOT NULL)
      Scan scan-3eafda51, append-only
          stream trades
          row (symbol VARCHAR NOT NULL)
