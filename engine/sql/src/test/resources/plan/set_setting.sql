SET time zone 'UTC'
----
SetSetting[name=timezone, value=UTC]
