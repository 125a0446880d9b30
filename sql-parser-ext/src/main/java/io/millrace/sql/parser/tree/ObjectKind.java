package io.millrace.sql.parser.tree;

/** What can be created, dropped and shown. */
public enum ObjectKind {
    STREAM("STREAM", "STREAMS"),
    TABLE("TABLE", "TABLES"),
    EXTERNAL_TABLE("EXTERNAL TABLE", "EXTERNAL TABLES"),
    PUMP("PUMP", "PUMPS"),
    MATERIALIZED_VIEW("MATERIALIZED VIEW", "MATERIALIZED VIEWS"),
    VIEW("VIEW", "VIEWS"),
    DELIVERY("DELIVERY", "DELIVERIES"),
    FUNCTION("FUNCTION", "FUNCTIONS");

    private final String words;
    private final String plural;

    ObjectKind(String words, String plural) {
        this.words = words;
        this.plural = plural;
    }

    /** Returns the kind as a statement writes it, in upper case. */
    public String words() {
        return words;
    }

    /** Returns the kind as {@code SHOW} writes it, in upper case. */
    public String plural() {
        return plural;
    }
}
