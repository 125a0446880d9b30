package io.millrace.format.lines;

import io.millrace.spi.Options;
import io.millrace.spi.code.ClassCompiler;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.GuessedRows;
import io.millrace.spi.format.RecordFormat;
import io.millrace.spi.format.RowDecoder;
import io.millrace.spi.format.RowEncoder;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.BinaryType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;

/** The format {@code lines}: one column that takes the whole record. It has no options. */
public final class LinesFormat implements RecordFormat {

    @Override
    public String name() {
        return "lines";
    }

    @Override
    public RowDecoder decoder(RowType schema, int[] needed, Options options, ClassCompiler compiler) {
        check(schema, options);
        if (needed.length == 0) {
            return (records, from, to, out) -> LineDecoder.countRows(from, to, out);
        }
        return switch (schema.field(0).type()) {
            case CharacterType type -> new LineDecoder.OfText(schema.field(0).name(), type);
            case BinaryType type -> new LineDecoder.OfBytes(schema.field(0).name(), type);
            default -> throw new AssertionError("checked before: " + schema);
        };
    }

    @Override
    public GuessedRows guess(BytesColumn records, int count, Options options) {
        return new GuessedRows(RowType.of(Field.nullable("line", DataType.VARCHAR)), false);
    }

    @Override
    public RowEncoder encoder(RowType schema, Options options) {
        check(schema, options);
        return new LineEncoder();
    }

    private static void check(RowType schema, Options options) {
        options.refuseOthers();
        if (schema.size() != 1) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED,
                    "format lines has one column, not " + schema.size(),
                    "declare one VARCHAR or VARBINARY column");
        }
        if (!(schema.field(0).type() instanceof CharacterType || schema.field(0).type() instanceof BinaryType)) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED,
                    "format lines has no form for column " + schema.field(0),
                    "declare it VARCHAR or VARBINARY");
        }
    }
}
