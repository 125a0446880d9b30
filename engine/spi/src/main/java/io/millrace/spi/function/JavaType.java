package io.millrace.spi.function;

import io.millrace.spi.type.DataType;
import org.jspecify.annotations.Nullable;

/**
 * A Java type in the signature of a function, and the SQL type it stands for.
 *
 * <table>
 * <caption>What a function may take and return</caption>
 * <tr><th>Java</th><th>SQL</th></tr>
 * <tr><td>{@code boolean}, {@code Boolean}</td><td>BOOLEAN</td></tr>
 * <tr><td>{@code int}, {@code Integer}</td><td>INTEGER; SMALLINT and TINYINT convert to it</td></tr>
 * <tr><td>{@code long}, {@code Long}</td><td>BIGINT</td></tr>
 * <tr><td>{@code float}, {@code double} and their boxes</td><td>REAL, DOUBLE</td></tr>
 * <tr><td>{@code @Digits(precision = p, scale = s) BigDecimal}</td><td>DECIMAL(p, s)</td></tr>
 * <tr><td>{@code String}, {@code byte[]}</td><td>VARCHAR, VARBINARY</td></tr>
 * <tr><td>{@code LocalDate}, {@code LocalTime}, {@code LocalDateTime}</td><td>DATE, TIME, TIMESTAMP</td></tr>
 * <tr><td>{@code Instant}</td><td>TIMESTAMP WITH LOCAL TIME ZONE</td></tr>
 * <tr><td>{@code Duration}, {@code Period}</td><td>INTERVAL DAY TO SECOND, INTERVAL YEAR TO MONTH</td></tr>
 * <tr><td>{@code List<T>}, {@code Map<K, V>}</td><td>ARRAY, MAP</td></tr>
 * <tr><td>a public record</td><td>ROW of its components</td></tr>
 * </table>
 *
 * <p>Primitives go to and fro as they are; the others are objects, those of {@link
 * io.millrace.spi.row.JavaValues} but for records, which {@link #toJava} and {@link #fromJava} make and take apart.
 */
public interface JavaType {

    /** Returns the type that SQL sees. */
    DataType type();

    /** Returns the class in the signature. */
    Class<?> javaClass();

    /** Returns whether an object in the form of {@code JavaValues} is one of this type as it is. */
    default boolean plain() {
        return true;
    }

    /** Returns an object in the form of {@code JavaValues} as the function takes it; null stays null. */
    default @Nullable Object toJava(@Nullable Object value) {
        return value;
    }

    /**
     * Returns what a function gave in the form of {@code JavaValues}; null stays null.
     *
     * @throws io.millrace.spi.error.RowFailure where a number does not fit its type
     */
    default @Nullable Object fromJava(@Nullable Object value) {
        return value;
    }
}
