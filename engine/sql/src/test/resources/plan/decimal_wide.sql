SELECT long_decimal + short_decimal, long_decimal * long_decimal FROM numbers
----
bounded
Project project-2b7ee7c0
    EXPR$0 = (long_decimal + short_decimal)
    EXPR$1 = (long_decimal * long_decimal)
    row (EXPR$0 DECIMAL(38, 10), EXPR$1 DECIMAL(38, 20))
  Scan scan-b5735989
      stream numbers
      row (short_decimal DECIMAL(10, 2), long_decimal DECIMAL(38, 10))
