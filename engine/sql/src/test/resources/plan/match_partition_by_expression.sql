SELECT * FROM trades MATCH_RECOGNIZE (PARTITION BY UPPER(symbol) ORDER BY ROWTIME MEASURES A.price AS x PATTERN (A B) DEFINE A AS TRUE)
----
bounded
Match match-d9756c52
    partition $10
    order ROWTIME NULLS LAST
    pattern A B
    x = LAST(A.price, 0)
    one row a match, then past its last row
    row (x DECIMAL(10, 2))
  Project project-3d0e7fce
      price
      ROWTIME
      $10 = UPPER(symbol)
      row (price DECIMAL(10, 2), ROWTIME TIMESTAMP(6) NOT NULL, $10 VARCHAR NOT NULL)
    Scan scan-3eafda51
        stream trades
        rowtime ROWTIME
        row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), ROWTIME TIMESTAMP(6) NOT NULL)
