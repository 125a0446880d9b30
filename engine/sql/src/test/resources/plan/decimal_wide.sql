SELECT long_decimal + short_decimal, long_decimal * long_decimal FROM numbers
----
bounded
Project project-2b7ee7c0
    ?column? = (long_decimal + short_decimal)
    ?column? = (long_decimal * long_decimal)
    row (?column? DECIMAL(38, 10), ?column? DECIMAL(38, 20))
  Scan scan-b5735989
      stream numbers
      row (short_decimal DECIMAL(10, 2), long_decimal DECIMAL(38, 10))
