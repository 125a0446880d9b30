SELECT JSON_VALUE(body, '$.a.b'), JSON_VALUE(body, 'lax $.n' RETURNING INTEGER), JSON_QUERY(body, '$.a'), JSON_EXISTS(body, '$.a') FROM events
----
bounded
Project project-6b4baeb2
    json_value = JSON_VALUE(body, '$.a.b')
    json_value = TRY_CAST(JSON_VALUE(body, '$.n') AS INTEGER)
    json_query = JSON_QUERY(body, '$.a')
    json_exists = JSON_EXISTS(body, '$.a')
    row (json_value VARCHAR, json_value INTEGER, json_query VARCHAR, json_exists BOOLEAN)
  Scan scan-36459fae
      stream events
      row (body VARCHAR)
