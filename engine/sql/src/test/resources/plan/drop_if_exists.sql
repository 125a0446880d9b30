DROP STREAM IF EXISTS trades
----
Drop[kind=STREAM, name=trades, ifExists=true]
