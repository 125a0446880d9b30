SELECT t.quantity FROM trades AS t ANTI JOIN trades AS u USING (symbol)
----
bounded
Project project-8d6a9d8f
    quantity
    row (quantity INTEGER)
  Join join-89ff5967
      anti on left.symbol = right.$symbol
      row (symbol VARCHAR NOT NULL, quantity INTEGER)
    Scan scan-3eafda51
        stream trades
        row (symbol VARCHAR NOT NULL, quantity INTEGER)
    Project project-963354ef
        $symbol = symbol
        row ($symbol VARCHAR NOT NULL)
      Scan scan-3eafda51-2
          stream trades
          row (symbol VARCHAR NOT NULL)
