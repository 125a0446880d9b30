package io.millrace.jdbc.wire;

import org.jspecify.annotations.Nullable;

/** A column of an answer, as the server describes it. */
public final class ColumnInfo {

    private final String label;
    private final int typeOid;
    private final int modifier;
    private final boolean binary;
    private final @Nullable String shape;

    /** Describes a column of text; the modifier is -1 where the type has none. */
    public ColumnInfo(String label, int typeOid, int modifier) {
        this(label, typeOid, modifier, false);
    }

    /** Describes a column; {@code binary} says that its cells come as bits of fixed width. */
    public ColumnInfo(String label, int typeOid, int modifier, boolean binary) {
        this(label, typeOid, modifier, binary, null);
    }

    /** Describes a column of which the server told what is in it; see {@link #shape}. */
    public ColumnInfo(String label, int typeOid, int modifier, boolean binary, @Nullable String shape) {
        this.label = label;
        this.typeOid = typeOid;
        this.modifier = modifier;
        this.binary = binary;
        this.shape = shape;
    }

    public String label() {
        return label;
    }

    /** Returns PostgreSQL's number for the column's type. */
    public int typeOid() {
        return typeOid;
    }

    /** Returns the length, or precision and scale, as PostgreSQL packs them; -1 where the type has none. */
    public int modifier() {
        return modifier;
    }

    /** Returns whether cells are bits of fixed width; they are text otherwise. */
    public boolean binary() {
        return binary;
    }

    /** Returns what the server says of a column whose type it has no number for, as a JSON document, or null. */
    public @Nullable String shape() {
        return shape;
    }
}
