SELECT symbol ~ '^A', symbol !~* 'b' FROM trades
----
bounded
Project project-c0561784
    EXPR$0 = REGEXP_LIKE(symbol, '^A')
    EXPR$1 = NOT(REGEXP_LIKE(symbol, ('(?i)' || 'b')))
    row (EXPR$0 BOOLEAN NOT NULL, EXPR$1 BOOLEAN NOT NULL)
  Scan scan-3eafda51
      stream trades
      row (symbol VARCHAR NOT NULL)
