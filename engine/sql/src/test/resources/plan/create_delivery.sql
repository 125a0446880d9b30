CREATE DELIVERY lake FROM trades TO 'file:///tmp/lake' WITH (format = 'parquet', roll_rows = 1000)
----
CreateDelivery[delivery=DeliveryDefinition[name=lake, source=trades, url=file:///tmp/lake, options={format=parquet, roll_rows=1000}], query=null, orReplace=false, ifNotExists=false]
