ALTER PUMP p STOP
----
AlterPump[name=p, start=false]
