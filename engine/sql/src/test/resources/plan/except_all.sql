SELECT symbol FROM trades EXCEPT ALL SELECT customer FROM orders
----
bounded
Repeat repeat-32394509
    as often as $count
    row (symbol VARCHAR)
  Project project-d9735c77
      symbol
      $count = ($call1 - $call2)
      row (symbol VARCHAR, $count BIGINT NOT NULL)
    Aggregate aggregate-2edda0bb
        keys symbol
        $call1 = COUNT(*) FILTER ($value1)
        $call2 = COUNT(*) FILTER ($value2)
        row (symbol VARCHAR, $call1 BIGINT NOT NULL, $call2 BIGINT NOT NULL)
      UnionAll union-7f4c7a7f
          row (symbol VARCHAR, $value1 BOOLEAN NOT NULL, $value2 BOOLEAN NOT NULL)
        Project project-39963ebe
            symbol
            $value1 = TRUE
            $value2 = FALSE
            row (symbol VARCHAR, $value1 BOOLEAN NOT NULL, $value2 BOOLEAN NOT NULL)
          Scan scan-3eafda51
              stream trades
              row (symbol VARCHAR NOT NULL)
        Project project-f1d8c584
            symbol = customer
            $value1 = FALSE
            $value2 = TRUE
            row (symbol VARCHAR, $value1 BOOLEAN NOT NULL, $value2 BOOLEAN NOT NULL)
          Scan scan-6dd2332a
              stream orders
              watermark for ordered, delay 5 s, idle after 10 s
              row (customer VARCHAR)
