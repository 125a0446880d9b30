SELECT STREAM symbol, ROW_NUMBER() OVER (PARTITION BY symbol ORDER BY price) FROM trades
----
ERROR UNSUPPORTED: OVER in a query that goes on needs ORDER BY the stream's time, and 'price' is not, or descends (line 1, column 23)
HINT leave out STREAM for an answer that ends, or ask for the first places only: QUALIFY ROW_NUMBER() OVER (…) <= 3
