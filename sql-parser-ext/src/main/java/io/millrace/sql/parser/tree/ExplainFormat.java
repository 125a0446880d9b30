package io.millrace.sql.parser.tree;

/** How {@code EXPLAIN} writes a plan. */
public enum ExplainFormat {
    TEXT,
    JSON
}
