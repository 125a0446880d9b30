SELECT symbol ~ '^A', symbol !~* 'b' FROM trades
----
bounded
Project project-f378d6b8
    ?column? = REGEXP_LIKE(symbol, '^A')
    ?column? = NOT(REGEXP_LIKE(symbol, '(?iu)b'))
    row (?column? BOOLEAN NOT NULL, ?column? BOOLEAN NOT NULL)
  Scan scan-3eafda51
      stream trades
      row (symbol VARCHAR NOT NULL)
