package io.millrace.jdbc;

import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.chrono.IsoEra;
import java.time.temporal.ChronoField;

/** Dates and times as the server writes them: {@code 2026-01-31 10:00:00.5+01}. */
final class Temporals {

    private static final String INFINITY = "infinity";
    private static final String ERA = " BC";

    private Temporals() {}

    static LocalDate date(String text) throws SQLException {
        if (text.endsWith(INFINITY)) {
            return text.startsWith("-") ? LocalDate.MIN : LocalDate.MAX;
        }
        boolean before = text.endsWith(ERA);
        String date = before ? text.substring(0, text.length() - ERA.length()) : text;
        int end = dateEnd(date);
        try {
            int day = date.lastIndexOf('-', end - 1);
            int month = date.lastIndexOf('-', day - 1);
            int year = Integer.parseInt(date.substring(0, month));
            LocalDate value = LocalDate.of(
                    year,
                    Integer.parseInt(date.substring(month + 1, day)),
                    Integer.parseInt(date.substring(day + 1, end)));
            return before ? value.with(ChronoField.YEAR_OF_ERA, year).with(IsoEra.BCE) : value;
        } catch (DateTimeException | NumberFormatException | StringIndexOutOfBoundsException e) {
            throw SqlErrors.value("'" + text + "' is no date");
        }
    }

    private static int dateEnd(String text) {
        int space = Math.max(text.indexOf(' '), text.indexOf('T'));
        return space < 0 ? text.length() : space;
    }

    static LocalTime time(String text) throws SQLException {
        String time = withoutOffset(clock(text));
        try {
            // The last instant of the day may be written as 24:00:00.
            return time.startsWith("24:00") ? LocalTime.MAX : LocalTime.parse(time);
        } catch (DateTimeException e) {
            throw SqlErrors.value("'" + text + "' is no time");
        }
    }

    static OffsetTime offsetTime(String text) throws SQLException {
        return time(text).atOffset(offset(clock(text)));
    }

    static LocalDateTime timestamp(String text) throws SQLException {
        if (text.endsWith(INFINITY)) {
            return text.startsWith("-") ? LocalDateTime.MIN : LocalDateTime.MAX;
        }
        return date(text)
                .atTime(dateEnd(withoutEra(text)) == withoutEra(text).length() ? LocalTime.MIDNIGHT : time(text));
    }

    static OffsetDateTime offsetTimestamp(String text) throws SQLException {
        if (text.endsWith(INFINITY)) {
            return text.startsWith("-") ? OffsetDateTime.MIN : OffsetDateTime.MAX;
        }
        return timestamp(text).atOffset(offset(clock(text)));
    }

    private static String withoutEra(String text) {
        return text.endsWith(ERA) ? text.substring(0, text.length() - ERA.length()) : text;
    }

    /** Returns what is behind the date. */
    private static String clock(String text) {
        String whole = withoutEra(text);
        return whole.substring(Math.max(whole.indexOf(' '), whole.indexOf('T')) + 1);
    }

    private static int offsetAt(String clock) {
        int plus = clock.indexOf('+');
        int at = plus < 0 ? clock.indexOf('-') : plus;
        return at < 0 && clock.endsWith("Z") ? clock.length() - 1 : at;
    }

    private static String withoutOffset(String clock) {
        int at = offsetAt(clock);
        return at < 0 ? clock : clock.substring(0, at);
    }

    private static ZoneOffset offset(String clock) throws SQLException {
        int at = offsetAt(clock);
        try {
            return at < 0 ? ZoneOffset.UTC : ZoneOffset.of(clock.substring(at));
        } catch (DateTimeException e) {
            throw SqlErrors.value("'" + clock + "' has no offset from UTC");
        }
    }

    /** Returns a date in the server's words. */
    static String text(LocalDate date) {
        if (date.equals(LocalDate.MAX) || date.equals(LocalDate.MIN)) {
            return date.equals(LocalDate.MAX) ? INFINITY : "-" + INFINITY;
        }
        int year = date.get(ChronoField.YEAR_OF_ERA);
        String text = String.format("%04d-%02d-%02d", year, date.getMonthValue(), date.getDayOfMonth());
        return date.getEra() == IsoEra.BCE ? text + ERA : text;
    }

    static String text(LocalDateTime timestamp) {
        return zoned(timestamp, "");
    }

    static String text(OffsetDateTime timestamp) {
        return zoned(timestamp.toLocalDateTime(), offsetText(timestamp.getOffset()));
    }

    static String text(OffsetTime time) {
        return time.toLocalTime() + offsetText(time.getOffset());
    }

    private static String offsetText(ZoneOffset offset) {
        return offset.equals(ZoneOffset.UTC) ? "+00" : offset.getId();
    }

    private static String zoned(LocalDateTime timestamp, String offset) {
        String date = text(timestamp.toLocalDate());
        if (date.endsWith(INFINITY)) {
            return date;
        }
        boolean before = date.endsWith(ERA);
        String day = before ? date.substring(0, date.length() - ERA.length()) : date;
        return day + " " + timestamp.toLocalTime() + offset + (before ? ERA : "");
    }
}
