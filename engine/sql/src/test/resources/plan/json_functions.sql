SELECT JSON_VALUE(body, '$.a.b'), JSON_VALUE(body, 'lax $.n' RETURNING INTEGER), JSON_QUERY(body, '$.a'), JSON_EXISTS(body, '$.a') FROM events
----
bounded
Project project-6b4baeb2
    EXPR$0 = JSON_VALUE(body, '$.a.b')
    EXPR$1 = TRY_CAST(JSON_VALUE(body, '$.n') AS INTEGER)
    EXPR$2 = JSON_QUERY(body, '$.a')
    EXPR$3 = JSON_EXISTS(body, '$.a')
    row (EXPR$0 VARCHAR, EXPR$1 INTEGER, EXPR$2 VARCHAR, EXPR$3 BOOLEAN)
  Scan scan-36459fae
      stream events
      row (body VARCHAR)
