SELECT symbol FROM trades WHERE quantity IN (1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25)
----
bounded
Project project-22cad172
    symbol
    row (symbol VARCHAR NOT NULL)
  Filter filter-38e3bc09
      condition ((quantity = 1) OR (quantity = 2) OR (quantity = 3) OR (quantity = 4) OR (quantity = 5) OR (quantity = 6) OR (quantity = 7) OR (quantity = 8) OR (quantity = 9) OR (quantity = 10) OR (quantity = 11) OR (quantity = 12) OR (quantity = 13) OR (quantity = 14) OR (quantity = 15) OR (quantity = 16) OR (quantity = 17) OR (quantity = 18) OR (quantity = 19) OR (quantity = 20) OR (quantity = 21) OR (quantity = 22) OR (quantity = 23) OR (quantity = 24) OR (quantity = 25))
      row (symbol VARCHAR NOT NULL, quantity INTEGER)
    Scan scan-3eafda51
        stream trades
        row (symbol VARCHAR NOT NULL, quantity INTEGER)
