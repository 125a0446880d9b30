CREATE DELIVERY lake FROM trades TO 'file:///tmp/lake' WITH (format = 'parquet', roll_rows = 1000)
----
CreateDelivery[delivery=DeliveryDefinition[name=lake, source=trades, query=null, url=file:///tmp/lake, options={format=parquet, roll_rows=1000}], orReplace=false, ifNotExists=false]
