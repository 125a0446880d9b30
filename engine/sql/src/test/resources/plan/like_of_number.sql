SELECT price LIKE 'a' FROM trades
----
bounded
Project project-28e22354
    ?column? = LIKE(CAST(price AS VARCHAR), 'a')
    row (?column? BOOLEAN)
  Scan scan-3eafda51
      stream trades
      row (price DECIMAL(10, 2))
