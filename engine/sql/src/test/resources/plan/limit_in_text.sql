SELECT symbol FROM trades LIMIT ('5'::int4) OFFSET (NULL)
----
bounded
Sort sort-6cc48328
    limit 5
    row (symbol VARCHAR NOT NULL)
  Scan scan-3eafda51
      stream trades
      row (symbol VARCHAR NOT NULL)
