SELECT traded FROM trades WHERE traded - INTERVAL '1' DAY > TIMESTAMP '2026-01-01 00:00:00' AND (ROWTIME - traded) HOUR > INTERVAL '30' MINUTE AND INTERVAL '1' HOUR * quantity > INTERVAL '1' DAY
----
bounded
Project project-166230bc
    traded
    row (traded TIMESTAMP(6))
  Filter filter-29f15959
      condition (((traded - INTERVAL '86400' SECOND) > TIMESTAMP '2026-01-01T00:00') AND ((ROWTIME - traded) > INTERVAL '1800' SECOND) AND ((INTERVAL '3600' SECOND * quantity) > INTERVAL '86400' SECOND))
      row (quantity INTEGER, traded TIMESTAMP(6), ROWTIME TIMESTAMP(6) NOT NULL)
    Scan scan-3eafda51
        stream trades
        row (quantity INTEGER, traded TIMESTAMP(6), ROWTIME TIMESTAMP(6) NOT NULL)
