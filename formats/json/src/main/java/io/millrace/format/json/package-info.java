/**
 * Rows as JSON: one object per row.
 *
 * <p><b>What is checked.</b> Every byte of a record is checked against RFC 8259, needed or not: structure,
 * strings (escapes, control characters, UTF-8), numbers, literals, and that nothing but white space or another
 * object follows. A record is truncated, garbled or fine; there is no fourth. Beyond the RFC, half a surrogate
 * pair is refused, since it has no UTF-8 form, and so is nesting deeper than {@value
 * io.millrace.format.json.JsonScanner#DEPTH_MAX}. Conversions happen only for needed columns, so a value that
 * does not fit its type rejects a record only where a query asks for it.
 *
 * <p><b>How it is fast.</b> The scanner goes over the payload's bytes, eight at a time, and makes no tokens.
 * Objects of a stream mostly have the same keys in the same order, so {@link
 * io.millrace.format.json.ObjectReader} expects what followed last time: the separator, the key, the colon
 * and the blanks around them are compared as a few longs, which both recognises the key and proves that part
 * of the syntax. Text points into the payload unless it holds escapes.
 *
 * <p><b>Records.</b> A record holds one object or several, one after the other, with or without white
 * space between; each is a row. A record with anything wrong in it gives no row at all.
 *
 * <p><b>Keys.</b> A key belongs to the column of exactly its name, else to the one that differs in case only;
 * a key of exactly the name wins over one that is not. Of equal keys the last wins. A column without a key is
 * NULL. The option {@code path.COLUMN = '$.a.b[0].c'} takes a column from deeper inside (case counts there).
 *
 * <table>
 * <caption>Values that a column takes, besides {@code null}</caption>
 * <tr><td>VARCHAR, CHAR</td><td>a string; of any other value its source text</td></tr>
 * <tr><td>numbers</td><td>a number; a string holding one; {@code true} as 1, {@code false} as 0</td></tr>
 * <tr><td>BOOLEAN</td><td>{@code true}, {@code false}, strings saying so</td></tr>
 * <tr><td>DATE, TIME</td><td>a string</td></tr>
 * <tr><td>TIMESTAMP</td><td>a string; a number counting {@code timestamp_unit}s (s, ms, us; default ms) since
 *     1970</td></tr>
 * <tr><td>VARBINARY, BINARY</td><td>a string of Base64</td></tr>
 * <tr><td>ROW, MAP</td><td>an object</td></tr>
 * <tr><td>ARRAY</td><td>an array</td></tr>
 * </table>
 *
 * <p>Inside strings values have the forms that {@link io.millrace.spi.row.SqlText} reads, except for Base64; a
 * point in time without an offset is UTC. The encoder writes them too: strings for all but numbers and
 * BOOLEAN, {@code null} for NULL, NaN and the infinities as strings. DuckDB's {@code read_json} reads them.
 */
@NullMarked
package io.millrace.format.json;

import org.jspecify.annotations.NullMarked;
