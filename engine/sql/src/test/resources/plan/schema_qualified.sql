SELECT symbol FROM public.trades
----
bounded
Scan scan-3eafda51
    stream trades
    row (symbol VARCHAR NOT NULL)
