package io.millrace.sql.statement;

/**
 * One statement of a script.
 *
 * @param text the statement, without its semicolon
 * @param offset where it starts in the script, in UTF-16 units
 */
public record StatementText(String text, int offset) {}
