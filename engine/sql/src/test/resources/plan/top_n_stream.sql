SELECT STREAM symbol, price FROM trades QUALIFY ROW_NUMBER() OVER (PARTITION BY symbol ORDER BY price DESC) <= 3 EMIT CHANGES
----
endless
Changes changes-46377e33, append-only
    row (op VARCHAR NOT NULL, symbol VARCHAR NOT NULL, price DECIMAL(10, 2))
  Consolidate consolidate-199bd640, updating
      net changes of each step
      row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2))
    TopN top_n-2257c0fb, updating
        partition symbol
        order price DESC NULLS FIRST
        ROW_NUMBER from 1 to 3
        state: of a partition the rows up to place 3 are kept for ever
        row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2))
      Scan scan-3eafda51, append-only
          stream trades
          row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2))
