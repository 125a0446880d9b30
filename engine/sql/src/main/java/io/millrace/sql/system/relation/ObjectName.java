package io.millrace.sql.system.relation;

/**
 * A value of PostgreSQL's {@code regclass} and kindred types: a number that is written as the name of what it numbers.
 *
 * @param oid the number
 * @param name the name, with its schema where that is not searched
 */
public record ObjectName(long oid, String name) {
    @Override
    public String toString() {
        return name;
    }
}
