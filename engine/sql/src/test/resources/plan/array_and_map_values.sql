SELECT ARRAY[1, 2, quantity], MAP['a', 1] FROM trades
----
bounded
Project project-628af82c
    EXPR$0 = ARRAY(1, 2, quantity)
    EXPR$1 = MAP('a', 1)
    row (EXPR$0 INTEGER ARRAY NOT NULL, EXPR$1 MAP<VARCHAR, INTEGER> NOT NULL)
  Scan scan-3eafda51
      stream trades
      row (quantity INTEGER)
