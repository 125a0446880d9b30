SELECT STREAM * FROM trades MATCH_RECOGNIZE (
  PARTITION BY symbol ORDER BY ROWTIME
  MEASURES FIRST(A.price) AS start_price, LAST(D.price) AS low, FINAL LAST(U.price) AS back, COUNT(*) AS trades,
    SUM(D.quantity * 2) AS volume, MATCH_NUMBER() AS n, CLASSIFIER() AS last_variable
  AFTER MATCH SKIP TO LAST U
  PATTERN (A D{2,} U+? X?)
  WITHIN INTERVAL '10' MINUTE
  SUBSET DU = (D, U)
  DEFINE D AS D.price < PREV(D.price), U AS price > LAST(DU.price, 1) AND SUM(U.quantity) < 100
) AS m
----
endless
Match match-f64c5f0c, append-only
    partition symbol
    order ROWTIME NULLS LAST
    pattern A D{2,} U{1,}? X{0,1}
    within 10 min
    D where (LAST(D.price, 0) < PREV(LAST(D.price, 0), 1))
    U where ((LAST(*.price, 0) > LAST((D, U).price, 1)) AND (RUNNING SUM(quantity) of U < 100:BIGINT))
    start_price = FIRST(A.price, 0)
    low = LAST(D.price, 0)
    back = FINAL LAST(U.price, 0)
    trades = RUNNING COUNT(*) of *
    volume = RUNNING SUM($10) of D
    n = MATCH_NUMBER()
    last_variable = LAST(*.CLASSIFIER(), 0)
    one row a match, then to the last row of U
    state: rows are kept for as long as a match that has begun may need them
    row (symbol VARCHAR NOT NULL, start_price DECIMAL(10, 2), low DECIMAL(10, 2), back DECIMAL(10, 2), trades BIGINT NOT NULL, volume BIGINT, n BIGINT NOT NULL, last_variable VARCHAR(2000))
  Project project-40b7c1c4, append-only
      symbol
      price
      quantity
      ROWTIME
      $10 = (quantity * 2)
      row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), quantity INTEGER, ROWTIME TIMESTAMP(6) NOT NULL, $10 INTEGER)
    Scan scan-3eafda51, append-only
        stream trades
        rowtime ROWTIME
        row (symbol VARCHAR NOT NULL, price DECIMAL(10, 2), quantity INTEGER, ROWTIME TIMESTAMP(6) NOT NULL)
