SELECT symbol, (SELECT MAX(amount) FROM orders) FROM trades
----
bounded
Project project-3f83537c
    symbol
    max = EXPR$0
    row (symbol VARCHAR NOT NULL, max DOUBLE)
  Join join-aff3642f
      inner
      row (symbol VARCHAR NOT NULL, EXPR$0 DOUBLE)
    Scan scan-3eafda51
        stream trades
        row (symbol VARCHAR NOT NULL)
    Aggregate aggregate-b672d343
        EXPR$0 = MAX(amount)
        row (EXPR$0 DOUBLE)
      Scan scan-6dd2332a
          stream orders
          watermark for ordered, delay 5 s, idle after 10 s
          row (amount DOUBLE)
