SELECT 'né 東京' AS city FROM trades WHERE symbol = 'é'
----
bounded
Project project-df43bf58
    city = 'né 東京'
    row (city VARCHAR NOT NULL)
  Filter filter-a85f0af6
      condition (symbol = 'é')
      row (symbol VARCHAR NOT NULL)
    Scan scan-3eafda51
        stream trades
        row (symbol VARCHAR NOT NULL)
