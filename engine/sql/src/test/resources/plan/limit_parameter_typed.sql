SELECT symbol FROM trades WHERE quantity > $1 OFFSET $3 ROWS FETCH NEXT $2 ROWS ONLY
----
parameters [INTEGER, BIGINT, BIGINT]
bounded
Sort sort-f7564266
    offset $3
    limit $2
    row (symbol VARCHAR NOT NULL)
  Project project-1e82914f
      symbol
      row (symbol VARCHAR NOT NULL)
    Filter filter-2e9478b1
        condition (quantity > $1)
        row (symbol VARCHAR NOT NULL, quantity INTEGER)
      Scan scan-3eafda51
          stream trades
          row (symbol VARCHAR NOT NULL, quantity INTEGER)
