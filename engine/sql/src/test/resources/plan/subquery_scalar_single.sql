SELECT symbol, (SELECT amount FROM orders o WHERE o.customer = t.symbol) FROM trades t
----
bounded
Project project-1bd570ca
    symbol
    amount = $call1
    row (symbol VARCHAR NOT NULL, amount DOUBLE)
  Join join-585ca759
      left on left.symbol is not distinct from right.$outer1
      row (symbol VARCHAR NOT NULL, $outer1 VARCHAR, $call1 DOUBLE)
    Scan scan-3eafda51
        stream trades
        row (symbol VARCHAR NOT NULL)
    Aggregate aggregate-2d76b0eb
        keys $outer1
        $call1 = SINGLE_VALUE(amount)
        row ($outer1 VARCHAR, $call1 DOUBLE)
      Join join-3e8bd71c
          semi on left.$outer1 is not distinct from right.$outer0
          row (amount DOUBLE, $outer1 VARCHAR)
        Project project-12476c4a
            amount
            $outer1 = customer
            row (amount DOUBLE, $outer1 VARCHAR)
          Filter filter-ad07d9a9
              condition (customer IS NOT NULL)
              row (customer VARCHAR, amount DOUBLE)
            Scan scan-6dd2332a
                stream orders
                watermark for ordered, delay 5 s, idle after 10 s
                row (customer VARCHAR, amount DOUBLE)
        Aggregate aggregate-41fc7a7e
            keys symbol
            row ($outer0 VARCHAR NOT NULL)
          Scan scan-3eafda51-2
              stream trades
              row (symbol VARCHAR NOT NULL)
