SELECT symbol FROM trades ORDER BY price LIMIT ? OFFSET ?
----
parameters [BIGINT, BIGINT]
bounded
Project project-0111f325
    symbol
    row (symbol VARCHAR NOT NULL)
  Sort sort-36046d05
      by price NULLS LAST
      offset $2
      limit $1
      row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2))
    Scan scan-3eafda51
        stream trades
        row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2))
