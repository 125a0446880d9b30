package io.millrace.sql.statement;

/** What a statement does to a table with the rows that its query gives. */
public sealed interface TableChange {

    /**
     * Adds rows: all columns of the table, in its order.
     *
     * @param ignoring whether a row whose key is there already is left out ({@code ON CONFLICT DO NOTHING})
     */
    record Insert(boolean ignoring) implements TableChange {}

    /**
     * Adds rows, or changes those that have their keys: the columns of the row to add, the slot of the row that has its
     * key or NULL, whether that row is to be changed, and the columns of the row that it becomes.
     */
    record Upsert() implements TableChange {}

    /** Changes rows: the slot, and the columns of the row that it becomes. A slot that comes again is left out. */
    record Update() implements TableChange {}

    /** Takes rows out: the slot. A slot that comes again is left out. */
    record Delete() implements TableChange {}
}
