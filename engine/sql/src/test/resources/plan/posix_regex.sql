SELECT symbol ~ '^A', symbol !~* 'b' FROM trades
----
bounded
Project project-c0561784
    ?column? = REGEXP_LIKE(symbol, '^A')
    ?column? = NOT(REGEXP_LIKE(symbol, ('(?i)' || 'b')))
    row (?column? BOOLEAN NOT NULL, ?column? BOOLEAN NOT NULL)
  Scan scan-3eafda51
      stream trades
      row (symbol VARCHAR NOT NULL)
