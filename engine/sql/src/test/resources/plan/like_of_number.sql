SELECT price LIKE 'a' FROM trades
----
bounded
Project project-28e22354
    EXPR$0 = LIKE(CAST(price AS VARCHAR), 'a')
    row (EXPR$0 BOOLEAN)
  Scan scan-3eafda51
      stream trades
      row (price DECIMAL(10, 2))
