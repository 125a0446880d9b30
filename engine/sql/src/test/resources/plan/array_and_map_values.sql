SELECT ARRAY[1, 2, quantity], MAP['a', 1] FROM trades
----
bounded
Project project-628af82c
    array = ARRAY(1, 2, quantity)
    ?column? = MAP('a', 1)
    row (array INTEGER ARRAY NOT NULL, ?column? MAP<VARCHAR, INTEGER> NOT NULL)
  Scan scan-3eafda51
      stream trades
      row (quantity INTEGER)
