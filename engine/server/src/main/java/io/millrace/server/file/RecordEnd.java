package io.millrace.server.file;

/**
 * Finds the ends of records, each of which may come in pieces. Where quotes are not as they should be, a record ends with
 * its line, so that no more than one is lost. For one thread at a time.
 */
public final class RecordEnd {

    private enum At {
        FIELD_START,
        PLAIN,
        QUOTED,
        /** Within quotes, behind an escape that is not the quote. */
        ESCAPE,
        /** Behind a quote that ends the field, unless it is one of two. */
        CLOSED,
        /** Behind something that follows a closed quote: nothing opens quotes any more. */
        BROKEN
    }

    private final RecordLines lines;
    private At state = At.FIELD_START;
    private int inside;

    public RecordEnd(RecordLines lines) {
        this.lines = lines;
        begin();
    }

    /** Begins with another record. */
    public void begin() {
        state = lines.quote() == 0 ? At.BROKEN : At.FIELD_START;
        inside = 0;
    }

    /** Returns how many line ends the record has between quotes, as far as it was looked at. */
    public int lineEndsInside() {
        return inside;
    }

    /** Tells whether what was looked at ends between quotes. */
    public boolean quoted() {
        return state == At.QUOTED || state == At.ESCAPE;
    }

    /** Looks at the next piece of the record, and returns where its line end is, or -1 where that is further on. */
    public int find(byte[] data, int from, int to) {
        At now = state;
        for (int at = pass(now, data, from, to); at < to; at = pass(now, data, at + 1, to)) {
            byte letter = data[at];
            if (letter == '\n') {
                if (now != At.QUOTED && now != At.ESCAPE) {
                    state = now;
                    return at;
                }
                inside++;
            }
            now = behind(now, letter);
        }
        state = now;
        return -1;
    }

    /** Passes over letters that change nothing, which most do. */
    private int pass(At now, byte[] data, int from, int to) {
        return switch (now) {
            case PLAIN -> pass(data, from, to, lines.delimiter(), lines.delimiter());
            case QUOTED -> pass(data, from, to, lines.quote(), lines.escape());
            case BROKEN -> pass(data, from, to, (byte) '\n', (byte) '\n');
            case FIELD_START, ESCAPE, CLOSED -> from;
        };
    }

    private static int pass(byte[] data, int from, int to, byte one, byte other) {
        int at = from;
        while (at < to && data[at] != '\n' && data[at] != one && data[at] != other) {
            at++;
        }
        return at;
    }

    private At behind(At now, byte letter) {
        return switch (now) {
            case FIELD_START -> letter == lines.quote() ? At.QUOTED : plain(letter);
            case PLAIN -> plain(letter);
            case QUOTED -> quoted(letter);
            // Whatever it makes an ordinary character, or does not.
            case ESCAPE -> At.QUOTED;
            case CLOSED -> closed(letter);
            case BROKEN -> At.BROKEN;
        };
    }

    private At plain(byte letter) {
        return letter == lines.delimiter() ? At.FIELD_START : At.PLAIN;
    }

    private At quoted(byte letter) {
        if (letter == lines.quote()) {
            return At.CLOSED;
        }
        return letter == lines.escape() ? At.ESCAPE : At.QUOTED;
    }

    private At closed(byte letter) {
        if (letter == lines.delimiter()) {
            return At.FIELD_START;
        }
        return letter == lines.quote() && lines.escape() == lines.quote() ? At.QUOTED : At.BROKEN;
    }
}
