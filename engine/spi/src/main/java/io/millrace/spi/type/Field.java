package io.millrace.spi.type;

/**
 * A named, typed place in a row.
 *
 * @param name exact name, case included
 * @param type type of its values
 * @param nullable whether a value may be NULL
 */
public record Field(String name, DataType type, boolean nullable) {

    /** Returns a field whose values may be NULL. */
    public static Field nullable(String name, DataType type) {
        return new Field(name, type, true);
    }

    /** Returns a field whose values are never NULL. */
    public static Field required(String name, DataType type) {
        return new Field(name, type, false);
    }

    @Override
    public String toString() {
        return name + " " + type + (nullable ? "" : " NOT NULL");
    }
}
