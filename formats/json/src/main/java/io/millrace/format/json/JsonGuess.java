package io.millrace.format.json;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.format.GuessedRows;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What columns objects seem to have: all keys of all of them, in the order in which they come. Values of different kinds
 * under one key make a VARCHAR, which takes the source text of any.
 */
final class JsonGuess {

    /** An integer of so many characters always fits BIGINT. */
    private static final int BIGINT_LENGTH = 18;

    private static final DataType WIDE = new DataType.DecimalType(DataType.DECIMAL_PRECISION_MAX, 0);

    private final JsonScanner in = new JsonScanner();

    /** The kind of a value, by what was seen of it. */
    private static final class Kind {

        /** Null where only null was seen. */
        private @Nullable DataType scalar;

        private @Nullable Map<String, Member> members;
        private @Nullable Kind elements;
        private boolean mixed;

        DataType type() {
            if (mixed) {
                return DataType.VARCHAR;
            }
            if (members != null && !members.isEmpty()) {
                return row(members);
            }
            if (elements != null) {
                return new DataType.ArrayType(elements.type(), true);
            }
            return scalar == null ? DataType.VARCHAR : scalar;
        }

        static RowType row(Map<String, Member> members) {
            return new RowType(members.values().stream()
                    .map(member -> Field.nullable(member.name, member.kind.type()))
                    .toList());
        }

        void scalar(DataType type) {
            DataType before = scalar;
            boolean numbers = before != null && isNumber(type) && isNumber(before);
            mixed |= members != null || elements != null || (before != null && !before.equals(type) && !numbers);
            scalar = before != null && numbers ? both(before, type) : type;
        }

        private static boolean isNumber(DataType type) {
            return type.equals(DataType.BIGINT) || type.equals(DataType.DOUBLE) || type.equals(WIDE);
        }

        private static DataType both(DataType one, DataType other) {
            if (one.equals(other)) {
                return one;
            }
            return one.equals(DataType.DOUBLE) || other.equals(DataType.DOUBLE) ? DataType.DOUBLE : WIDE;
        }

        Map<String, Member> object() {
            mixed |= scalar != null || elements != null;
            if (members == null) {
                members = new LinkedHashMap<>();
            }
            return members;
        }

        Kind array() {
            mixed |= scalar != null || members != null;
            if (elements == null) {
                elements = new Kind();
            }
            return elements;
        }
    }

    private record Member(String name, Kind kind) {}

    static GuessedRows of(BytesColumn records, int count) {
        JsonGuess guess = new JsonGuess();
        Kind row = new Kind();
        guess.in.data(records.data());
        for (int i = 0; i < count; i++) {
            try {
                guess.record(records.starts()[i], records.ends()[i], row);
            } catch (RowFailure e) {
                throw new MillraceException(
                        ErrorCode.INVALID_VALUE,
                        "line " + (i + 1) + ": " + e.reason(),
                        "each line of such a file is an object: {\"key\": value, …}",
                        e);
            }
        }
        Map<String, Member> members = row.members;
        return new GuessedRows(members == null ? new RowType(List.of()) : Kind.row(members), false);
    }

    private void record(int from, int to, Kind row) {
        in.record(from, to);
        int at = in.whitespace(from);
        while (at < to) {
            in.startDocument();
            at = in.whitespace(object(at, row));
        }
    }

    private int value(int at, Kind kind) {
        return switch (in.byteAt(at)) {
            case '"' -> {
                kind.scalar(DataType.VARCHAR);
                yield in.string(at + 1);
            }
            case '{' -> object(at, kind);
            case '[' -> array(at, kind);
            case 't', 'f' -> {
                kind.scalar(DataType.BOOLEAN);
                yield in.skip(at);
            }
            case 'n' -> in.skip(at);
            default -> {
                int end = in.number(at);
                kind.scalar(number(at, end));
                yield end;
            }
        };
    }

    /** Integers keep all their digits, as keys need them. */
    private DataType number(int from, int to) {
        String text = new String(in.data(), from, to - from, StandardCharsets.US_ASCII);
        boolean integer = text.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
        if (!integer || text.length() > DataType.DECIMAL_PRECISION_MAX) {
            return DataType.DOUBLE;
        }
        return text.length() <= BIGINT_LENGTH || new BigInteger(text).bitLength() < Long.SIZE ? DataType.BIGINT : WIDE;
    }

    private int object(int from, Kind kind) {
        int at = in.whitespace(in.expect(from, '{', "before an object's first key"));
        Map<String, Member> members = kind.object();
        in.enter(from);
        if (in.byteAt(at) != '}') {
            at = member(at, members);
            for (at = in.whitespace(at); in.byteAt(at) == ','; at = in.whitespace(at)) {
                at = member(in.whitespace(at + 1), members);
            }
        }
        in.leave();
        return in.expect(at, '}', "after an object's last value");
    }

    private int member(int at, Map<String, Member> members) {
        int end = in.string(in.expect(at, '"', "before a key"));
        String name = in.text(at + 1, end - 1, in.escaped());
        Member member = members.computeIfAbsent(name.toLowerCase(Locale.ROOT), lower -> new Member(name, new Kind()));
        return value(in.whitespace(in.expect(in.whitespace(end), ':', "after a key")), member.kind);
    }

    private int array(int from, Kind kind) {
        Kind elements = kind.array();
        in.enter(from);
        int at = in.whitespace(from + 1);
        if (in.byteAt(at) != ']') {
            at = value(at, elements);
            for (at = in.whitespace(at); in.byteAt(at) == ','; at = in.whitespace(at)) {
                at = value(in.whitespace(at + 1), elements);
            }
        }
        in.leave();
        return in.expect(at, ']', "after an array's last value");
    }
}
