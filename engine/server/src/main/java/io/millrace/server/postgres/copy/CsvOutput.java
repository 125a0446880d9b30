package io.millrace.server.postgres.copy;

import io.millrace.server.postgres.wire.WireBuffer;
import io.millrace.spi.type.DataType.RowType;
import java.time.ZoneId;
import java.util.Arrays;

/** Writes CSV as PostgreSQL does: quotes where a value would be misread otherwise, or where they are asked for. */
final class CsvOutput extends LineOutput {

    private static final byte[] END_MARK = {'\\', '.'};

    private final byte quote;
    private final byte escape;
    private final boolean[] forceQuote;

    CsvOutput(RowType type, CopyOptions options, ZoneId zone) {
        super(type, options, zone);
        this.quote = options.quote();
        this.escape = options.escape();
        this.forceQuote = CopyOptions.marks(options.forceQuote(), names);
        special[quote] = true;
    }

    @Override
    void protect(int place, int from, WireBuffer out) {
        if (!(place >= 0 && forceQuote[place])
                && !is(nullText, from, out)
                && !(names.size() == 1 && is(END_MARK, from, out))
                && !hasSpecial(from, out)) {
            return;
        }
        byte[] value = take(from, out);
        out.int8(quote);
        for (byte b : value) {
            if (b == quote || b == escape) {
                out.int8(escape);
            }
            out.int8(b);
        }
        out.int8(quote);
    }

    private static boolean is(byte[] text, int from, WireBuffer out) {
        return Arrays.equals(text, 0, text.length, out.utf8().bytes(), from, out.size());
    }
}
