CREATE OR REPLACE STREAM s (a INTEGER NOT NULL, b ROW(x INTEGER, y VARCHAR(3)), c INTEGER ARRAY, d MAP<VARCHAR, DOUBLE>, e CHAR(3), t TIMESTAMP(3), WATERMARK FOR t AS t - INTERVAL '1.5' SECOND) WITH (format = 'json', shards = 2)
----
CreateStream[stream=StreamDefinition[name=s, columns=ROW(a INTEGER NOT NULL, b ROW(x INTEGER, y VARCHAR(3)), c INTEGER ARRAY, d MAP<VARCHAR, DOUBLE>, e CHAR(3), t TIMESTAMP(3)), rowtime=EventTime[column=t, delayMicros=1500000, idleMicros=5000000], options={format=json, shards=2}], orReplace=true, ifNotExists=false]
