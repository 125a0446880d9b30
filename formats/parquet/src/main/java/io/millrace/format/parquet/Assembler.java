package io.millrace.format.parquet;

import io.millrace.spi.row.ArrayColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowColumn;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.Field;
import java.util.List;
import java.util.function.Consumer;
import org.apache.parquet.column.ColumnReader;

/**
 * Puts a field's column together from the flat columns of a file: the reverse of a {@link Shredder}. What is
 * there, and where an array goes on, is told by the levels of the first flat column below.
 */
abstract sealed class Assembler {

    private final String name;
    private final DataType type;
    private final boolean nullable;
    /** The definition level from which on the value is there. */
    final int defined;

    Assembler(String name, DataType type, boolean nullable, int defined) {
        this.name = name;
        this.type = type;
        this.nullable = nullable;
        this.defined = defined;
    }

    final Field field() {
        return new Field(name, type, nullable);
    }

    /** Reads the next cell. The column has room for the row. */
    abstract void read(Column column, int row);

    /** Passes over the marks by which each flat column below says that a value is not there. */
    abstract void skip();

    abstract Leaf first();

    /** Calls with each flat column, in the file's order. */
    abstract void leaves(Consumer<Leaf> visitor);

    /** How the values of a flat column become those of ours. */
    @FunctionalInterface
    interface Cell {
        void read(ColumnReader reader, Column column, int row);
    }

    static final class Leaf extends Assembler {
        private final Cell cell;
        private final boolean asStored;

        /** Set by {@link #readFrom} at the start of each row group. */
        @SuppressWarnings("NullAway.Init")
        private ColumnReader reader;

        /** @param asStored whether values are kept as they are stored, but for the order of bytes */
        Leaf(String name, DataType type, boolean nullable, int defined, Cell cell, boolean asStored) {
            super(name, type, nullable, defined);
            this.cell = cell;
            this.asStored = asStored;
        }

        boolean asStored() {
            return asStored;
        }

        void readFrom(ColumnReader reader) {
            this.reader = reader;
        }

        @Override
        void read(Column column, int row) {
            if (reader.getCurrentDefinitionLevel() == defined) {
                cell.read(reader, column, row);
            } else {
                column.setNull(row);
            }
            reader.consume();
        }

        @Override
        void skip() {
            reader.consume();
        }

        @Override
        Leaf first() {
            return this;
        }

        @Override
        void leaves(Consumer<Leaf> visitor) {
            visitor.accept(this);
        }
    }

    static final class Row extends Assembler {
        private final List<Assembler> fields;

        Row(String name, DataType type, boolean nullable, int defined, List<Assembler> fields) {
            super(name, type, nullable, defined);
            this.fields = fields;
        }

        @Override
        void read(Column column, int row) {
            if (first().reader.getCurrentDefinitionLevel() < defined) {
                column.setNull(row);
                skip();
                return;
            }
            RowColumn cells = (RowColumn) column;
            for (int i = 0; i < fields.size(); i++) {
                fields.get(i).read(cells.field(i), row);
            }
        }

        @Override
        void skip() {
            fields.forEach(Assembler::skip);
        }

        @Override
        Leaf first() {
            return fields.getFirst().first();
        }

        @Override
        void leaves(Consumer<Leaf> visitor) {
            fields.forEach(field -> field.leaves(visitor));
        }
    }

    /** An ARRAY or a MAP. */
    static final class Array extends Assembler {
        private final int repeated;
        private final Assembler element;

        /** @param repeated how many arrays and maps are around an element, this one included */
        Array(String name, DataType type, boolean nullable, int defined, int repeated, Assembler element) {
            super(name, type, nullable, defined);
            this.repeated = repeated;
            this.element = element;
        }

        @Override
        void read(Column column, int row) {
            ArrayColumn cells = (ArrayColumn) column;
            int start = cells.elementCount();
            int end = start;
            ColumnReader levels = first().reader;
            if (levels.getCurrentDefinitionLevel() <= defined) {
                if (levels.getCurrentDefinitionLevel() < defined) {
                    column.setNull(row);
                }
                skip();
            } else {
                do {
                    cells.elements().ensureCapacity(end + 1);
                    element.read(cells.elements(), end++);
                } while (levels.getCurrentRepetitionLevel() == repeated);
            }
            cells.range(row, start, end);
        }

        @Override
        void skip() {
            element.skip();
        }

        @Override
        Leaf first() {
            return element.first();
        }

        @Override
        void leaves(Consumer<Leaf> visitor) {
            element.leaves(visitor);
        }
    }
}
