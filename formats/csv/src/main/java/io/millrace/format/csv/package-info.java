/**
 * Rows as comma-separated values, after RFC 4180; columns go by position.
 *
 * <table>
 * <caption>Options</caption>
 * <tr><td>{@code delimiter}</td><td>{@code ,}</td><td>one ASCII character, or {@code \t}</td></tr>
 * <tr><td>{@code quote}</td><td>{@code "}</td><td>one ASCII character</td></tr>
 * <tr><td>{@code escape}</td><td>the quote</td><td>what makes a quote inside quotes a character</td></tr>
 * <tr><td>{@code null_text}</td><td>empty</td><td>how NULL is written</td></tr>
 * <tr><td>{@code header}</td><td>false</td><td>whether rows that hold just the columns' names are skipped; the
 *     encoder writes none</td></tr>
 * <tr><td>{@code ignore_extra}</td><td>false</td><td>whether a row may have more fields than there are
 *     columns</td></tr>
 * </table>
 *
 * <p>A field without quotes that equals the null text is NULL; one with quotes never is, so an empty string is
 * written {@code ""}. A record holds one row, or several with line ends between; the last may have a line end
 * or not. A record with anything wrong in it gives no row at all: a quote inside a field that has none around
 * it, text behind a closing quote, too few or too many fields, a needed value that does not fit its column.
 * Fields that are not needed are passed over; only their quotes are checked. The forms of values are those of
 * {@link io.millrace.spi.row.SqlText}; ARRAY, MAP and ROW have none.
 */
@NullMarked
package io.millrace.format.csv;

import org.jspecify.annotations.NullMarked;
