package io.millrace.server.postgres.copy;

import io.millrace.server.postgres.wire.WireBuffer;
import io.millrace.spi.type.DataType.RowType;
import java.time.ZoneId;

/** Writes PostgreSQL's text form. */
final class TextOutput extends LineOutput {

    private static final String CONTROLS = "\b\f\n\r\t\013";
    private static final String LETTERS = "bfnrtv";

    TextOutput(RowType type, CopyOptions options, ZoneId zone) {
        super(type, options, zone);
        special['\\'] = true;
        CONTROLS.chars().forEach(control -> special[control] = true);
    }

    @Override
    void protect(int place, int from, WireBuffer out) {
        if (!hasSpecial(from, out)) {
            return;
        }
        for (byte value : take(from, out)) {
            int control = CONTROLS.indexOf(value);
            if (control >= 0) {
                out.int8('\\').int8(LETTERS.charAt(control));
            } else {
                if (special[value & 0xFF]) {
                    out.int8('\\');
                }
                out.int8(value);
            }
        }
    }
}
