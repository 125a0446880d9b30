package io.millrace.sql.parser.tree;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/** {@code INTERVAL '1 day 02:30'}: the units stand in the text, as PostgreSQL has it. */
public final class PostgresInterval {

    private static final Pattern PART = Pattern.compile(
            "\\s*(?:([+-]?)(\\d{1,9}):(\\d{2})(?::(\\d{2}(?:\\.\\d{1,6})?))?|([+-]?\\d{1,12}(?:\\.\\d{1,6})?)\\s*([A-Za-z]+))");

    private static final Map<String, Integer> MONTHS = Map.of("month", 1, "mon", 1, "quarter", 3, "year", 12, "y", 12);

    private static final Map<String, BigDecimal> SECONDS = Map.ofEntries(
            Map.entry("microsecond", new BigDecimal("0.000001")),
            Map.entry("us", new BigDecimal("0.000001")),
            Map.entry("millisecond", new BigDecimal("0.001")),
            Map.entry("ms", new BigDecimal("0.001")),
            Map.entry("second", BigDecimal.ONE),
            Map.entry("sec", BigDecimal.ONE),
            Map.entry("s", BigDecimal.ONE),
            Map.entry("minute", BigDecimal.valueOf(60)),
            Map.entry("min", BigDecimal.valueOf(60)),
            Map.entry("m", BigDecimal.valueOf(60)),
            Map.entry("hour", BigDecimal.valueOf(3600)),
            Map.entry("h", BigDecimal.valueOf(3600)),
            Map.entry("day", BigDecimal.valueOf(86_400)),
            Map.entry("d", BigDecimal.valueOf(86_400)),
            Map.entry("week", BigDecimal.valueOf(604_800)),
            Map.entry("w", BigDecimal.valueOf(604_800)));

    private static final BigDecimal SECONDS_MAX = new BigDecimal("86400000000000");

    private BigDecimal months = BigDecimal.ZERO;
    private BigDecimal seconds = BigDecimal.ZERO;

    private PostgresInterval() {}

    /**
     * Returns the interval that a text means, of months or of days and less.
     *
     * @param sign -1 where a minus stands before the text
     */
    public static SqlLiteral literal(int sign, String text, SqlParserPos pos) {
        PostgresInterval interval = new PostgresInterval();
        if (!interval.read(text) || !interval.isOfOneKind()) {
            throw MillraceSyntax.intervalUnknown(pos, text);
        }
        return interval.months.signum() == 0 ? interval.ofSeconds(sign, pos) : interval.ofMonths(sign, pos);
    }

    /**
     * Returns the interval that a text is cast to; only of a constant it is known of which kind that is.
     *
     * @param pos where the type stands
     */
    public static SqlNode ofText(SqlNode text, SqlParserPos pos) {
        boolean constant = text instanceof SqlLiteral literal && SqlTypeName.CHAR_TYPES.contains(literal.getTypeName());
        if (!constant) {
            throw MillraceSyntax.intervalWithoutUnit(pos);
        }
        SqlLiteral literal = (SqlLiteral) text;
        return literal(
                1, literal.getValueAs(String.class), text.getParserPosition().plus(pos));
    }

    private boolean read(String text) {
        Matcher part = PART.matcher(text);
        int end = 0;
        while (part.lookingAt() && add(part)) {
            end = part.end();
            part.region(end, text.length());
        }
        return end > 0 && text.substring(end).isBlank();
    }

    private boolean add(Matcher part) {
        if (part.group(6) == null) {
            String fraction = part.group(4) == null ? "0" : part.group(4);
            BigDecimal clock = new BigDecimal(part.group(2))
                    .multiply(BigDecimal.valueOf(3600))
                    .add(new BigDecimal(part.group(3)).multiply(BigDecimal.valueOf(60)))
                    .add(new BigDecimal(fraction));
            seconds = seconds.add(part.group(1).equals("-") ? clock.negate() : clock);
            return true;
        }
        BigDecimal count = new BigDecimal(part.group(5));
        String unit = unit(part.group(6).toLowerCase(Locale.ROOT));
        if (MONTHS.containsKey(unit)) {
            months = months.add(count.multiply(BigDecimal.valueOf(MONTHS.get(unit))));
        } else if (SECONDS.containsKey(unit)) {
            seconds = seconds.add(count.multiply(SECONDS.get(unit)));
        } else {
            return false;
        }
        return true;
    }

    private static String unit(String word) {
        boolean many = word.length() > 2 && word.endsWith("s") && !word.equals("ms") && !word.equals("us");
        return many ? word.substring(0, word.length() - 1) : word;
    }

    /** Months and seconds do not add up: a month has no fixed length. */
    private boolean isOfOneKind() {
        boolean wholeMonths = months.stripTrailingZeros().scale() <= 0;
        return (months.signum() == 0 || seconds.signum() == 0)
                && wholeMonths
                && seconds.abs().compareTo(SECONDS_MAX) < 0;
    }

    private SqlLiteral ofMonths(int sign, SqlParserPos pos) {
        SqlIntervalQualifier qualifier = new SqlIntervalQualifier(TimeUnit.MONTH, 10, null, -1, pos);
        int whole = months.signum() < 0 ? -sign : sign;
        return SqlLiteral.createInterval(whole, months.abs().toBigInteger().toString(), qualifier, pos);
    }

    private SqlLiteral ofSeconds(int sign, SqlParserPos pos) {
        SqlIntervalQualifier qualifier = new SqlIntervalQualifier(TimeUnit.DAY, 10, TimeUnit.SECOND, 6, pos);
        BigDecimal[] days = seconds.abs().divideAndRemainder(BigDecimal.valueOf(86_400));
        int rest = days[1].intValue();
        int micros = days[1].remainder(BigDecimal.ONE).movePointRight(6).intValue();
        String text = String.format(
                Locale.ROOT,
                "%d %02d:%02d:%02d.%06d",
                days[0].toBigInteger(),
                rest / 3600,
                rest / 60 % 60,
                rest % 60,
                micros);
        return SqlLiteral.createInterval(seconds.signum() < 0 ? -sign : sign, text, qualifier, pos);
    }
}
