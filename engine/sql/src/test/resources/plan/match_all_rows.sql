SELECT * FROM orders MATCH_RECOGNIZE (
  PARTITION BY customer ORDER BY ordered, id DESC NULLS LAST
  MEASURES CLASSIFIER() AS v, RUNNING COUNT(B.*) AS so_far, FINAL COUNT(B.amount) AS all_of_them, PREV(LAST(B.amount + 1, 1), 2) AS before
  ALL ROWS PER MATCH
  PATTERN (^ PERMUTE(A, B) {- C* -} (B | C)* $)
  DEFINE A AS A.amount > 5, C AS CLASSIFIER() = 'C'
) WHERE customer = 'x'
----
bounded
Project project-55c6c12c
    customer
    ordered
    id
    v
    so_far
    all_of_them
    before
    amount
    row (customer VARCHAR, ordered TIMESTAMP(3), id BIGINT NOT NULL, v VARCHAR(2000), so_far BIGINT NOT NULL, all_of_them BIGINT NOT NULL, before DOUBLE, amount DOUBLE)
  Match match-ae3394d1
      partition customer
      order ordered NULLS LAST, id DESC NULLS LAST
      pattern ^ PERMUTE(A, B) {- C{0,} -} (B | C){0,} $
      A where (LAST(A.amount, 0) > 5.0:DOUBLE)
      C where (LAST(*.CLASSIFIER(), 0) = 'C')
      v = LAST(*.CLASSIFIER(), 0)
      so_far = RUNNING COUNT(*) of B
      all_of_them = FINAL COUNT(amount) of B
      before = CASE WHEN PREV(LAST(B.TRUE, 1), 2) THEN (PREV(LAST(B.amount, 1), 2) + 1.0:DOUBLE) ELSE CAST(NULL AS DOUBLE) END
      all rows of a match, then past its last row
      row (customer VARCHAR, ordered TIMESTAMP(3), id BIGINT NOT NULL, amount DOUBLE, v VARCHAR(2000), so_far BIGINT NOT NULL, all_of_them BIGINT NOT NULL, before DOUBLE)
    Filter filter-93be867a
        condition (customer = 'x')
        row (id BIGINT NOT NULL, customer VARCHAR, amount DOUBLE, ordered TIMESTAMP(3))
      Scan scan-6dd2332a
          stream orders
          rowtime ordered
          watermark for ordered, delay 5 s, idle after 10 s
          row (id BIGINT NOT NULL, customer VARCHAR, amount DOUBLE, ordered TIMESTAMP(3))
