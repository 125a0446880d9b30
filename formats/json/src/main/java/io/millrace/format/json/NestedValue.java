package io.millrace.format.json;

import io.millrace.spi.row.ArrayColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowColumn;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;

/** Values made of values. */
abstract class NestedValue extends ValueReader {

    NestedValue(String path, DataType type) {
        super(path, type);
    }

    /** Objects with the fields of a ROW. */
    static final class OfRow extends NestedValue {
        private final RowSlots fields;
        private final ObjectReader objects;
        private Column column = new RowColumn(new Column[0], 0);

        OfRow(String path, RowType type, RowSlots fields, ObjectReader objects) {
            super(path, type);
            this.fields = fields;
            this.objects = objects;
        }

        @Override
        void bind(Column target, byte[] payload, int rowsBefore) {
            column = target;
            fields.bind((RowColumn) target, payload);
        }

        @Override
        int read(JsonScanner in, int at, int row) {
            if (in.byteAt(at) != '{') {
                throw wrongKind(in, at);
            }
            column.clearNull(row);
            return objects.read(in, at, row);
        }
    }

    /** Arrays. */
    static final class OfArray extends NestedValue {
        private final Slot element;
        private ArrayColumn column = new ArrayColumn(new RowColumn(new Column[0], 0), 0);

        OfArray(String path, ArrayType type, Slot element) {
            super(path, type);
            this.element = element;
        }

        @Override
        void bind(Column target, byte[] payload, int rowsBefore) {
            column = (ArrayColumn) target;
            element.bind(column.elements(), payload, 0);
        }

        @Override
        int read(JsonScanner in, int from, int row) {
            if (in.byteAt(from) != '[') {
                throw wrongKind(in, from);
            }
            in.enter(from);
            int first = column.elementCount();
            int count = 0;
            int at = in.whitespace(from + 1);
            if (in.byteAt(at) != ']') {
                at = readElement(in, at, first);
                count = 1;
                for (at = in.whitespace(at); in.byteAt(at) == ','; at = in.whitespace(at)) {
                    at = readElement(in, in.whitespace(at + 1), first + count++);
                }
            }
            column.range(row, first, first + count);
            column.clearNull(row);
            in.leave();
            return in.expect(at, ']', "after an array's last value");
        }

        private int readElement(JsonScanner in, int at, int row) {
            column.elements().ensureCapacity(row + 1);
            return element.read(in, at, row);
        }
    }

    /** Objects with any keys. */
    static final class OfMap extends NestedValue {
        private final ScalarValue keys;
        private final Slot value;
        private ArrayColumn column = new ArrayColumn(new RowColumn(new Column[0], 0), 0);

        OfMap(String path, MapType type, ScalarValue keys, Slot value) {
            super(path, type);
            this.keys = keys;
            this.value = value;
        }

        @Override
        void bind(Column target, byte[] payload, int rowsBefore) {
            column = (ArrayColumn) target;
            keys.bind(((RowColumn) column.elements()).field(0), payload, 0);
            value.bind(((RowColumn) column.elements()).field(1), payload, 0);
        }

        @Override
        int read(JsonScanner in, int from, int row) {
            if (in.byteAt(from) != '{') {
                throw wrongKind(in, from);
            }
            in.enter(from);
            int first = column.elementCount();
            int count = 0;
            int at = in.whitespace(from + 1);
            if (in.byteAt(at) != '}') {
                at = readEntry(in, at, first);
                count = 1;
                for (at = in.whitespace(at); in.byteAt(at) == ','; at = in.whitespace(at)) {
                    at = readEntry(in, in.whitespace(at + 1), first + count++);
                }
            }
            column.range(row, first, first + count);
            column.clearNull(row);
            in.leave();
            return in.expect(at, '}', "after an object's last value");
        }

        private int readEntry(JsonScanner in, int from, int row) {
            RowColumn entries = (RowColumn) column.elements();
            entries.ensureCapacity(row + 1);
            in.expect(from, '"', "before a key");
            int end = keys.read(in, from, row);
            int at = in.whitespace(in.expect(in.whitespace(end), ':', "after a key"));
            return value.read(in, at, row);
        }
    }
}
