package io.millrace.jdbc;

import io.millrace.jdbc.wire.ColumnInfo;
import io.millrace.jdbc.wire.Command;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.net.URL;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement with parameters. For one thread at a time, but for {@link #cancel} and {@link #close}. */
final class MillracePreparedStatement extends MillraceStatement implements PreparedStatement {

    private final ParameterMarks marks;
    private @Nullable ParameterText[] values;
    private final List<@Nullable ParameterText[]> batch = new ArrayList<>();

    private final boolean forKeys;

    /** @param forKeys whether the rows it answers with are to be had as generated keys */
    MillracePreparedStatement(MillraceConnection connection, String sql, boolean forKeys) {
        super(connection);
        this.forKeys = forKeys;
        this.marks = ParameterMarks.parse(sql);
        this.values = new ParameterText[marks.count()];
    }

    private void set(int parameter, ParameterText value) throws SQLException {
        checkOpen();
        if (parameter < 1 || parameter > values.length) {
            throw new SQLException("there is no parameter " + parameter + " of " + values.length, "07009");
        }
        values[parameter - 1] = value;
    }

    private boolean run(@Nullable ParameterText[] given) throws SQLException {
        return forKeys ? runForKeys(command(marks.sql(), given)) : run(marks.sql(), given);
    }

    private boolean run(String sql, @Nullable ParameterText[] given) throws SQLException {
        return run(command(sql, given));
    }

    private static Command command(String sql, @Nullable ParameterText[] given) throws SQLException {
        List<@Nullable String> texts = new ArrayList<>(given.length);
        int[] oids = new int[given.length];
        for (int i = 0; i < oids.length; i++) {
            ParameterText value = given[i];
            if (value == null) {
                throw new SQLException("parameter " + (i + 1) + " is not set", "07002");
            }
            texts.add(value.text());
            oids[i] = value.oid();
        }
        return new Command(sql, texts, oids);
    }

    @Override
    public boolean execute() throws SQLException {
        checkOpen();
        return run(values);
    }

    @Override
    public ResultSet executeQuery() throws SQLException {
        return query(execute());
    }

    @Override
    public int executeUpdate() throws SQLException {
        return count(executeLargeUpdate());
    }

    @Override
    public long executeLargeUpdate() throws SQLException {
        return update(execute());
    }

    @Override
    public boolean execute(String sql) throws SQLException {
        throw textGiven();
    }

    @Override
    public ResultSet executeQuery(String sql) throws SQLException {
        throw textGiven();
    }

    @Override
    public long executeLargeUpdate(String sql) throws SQLException {
        throw textGiven();
    }

    @Override
    public boolean execute(String sql, String[] columns) throws SQLException {
        throw textGiven();
    }

    @Override
    public void addBatch(String sql) throws SQLException {
        throw textGiven();
    }

    private static SQLException textGiven() {
        return new SQLException("a prepared statement has its text already", "HY010");
    }

    @Override
    public void addBatch() throws SQLException {
        checkOpen();
        batch.add(values.clone());
    }

    @Override
    public void clearBatch() throws SQLException {
        checkOpen();
        batch.clear();
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        List<@Nullable ParameterText[]> rows = List.copyOf(batch);
        batch.clear();
        BatchedInsert insert = rows.size() > 1 ? BatchedInsert.of(marks.sql(), marks.count()) : null;
        if (forKeys) {
            return runBatchForKeys(commands(rows));
        }
        if (insert != null) {
            return runAsOne(insert, rows);
        }
        return rows.size() > 1 && Batch.goesWithOthers(marks.sql())
                ? Batch.together(commands(rows), this::runTogether)
                : Batch.oneByOne(rows.size(), i -> update(run(rows.get(i))));
    }

    private List<Command> commands(List<@Nullable ParameterText[]> rows) throws SQLException {
        List<Command> commands = new ArrayList<>(rows.size());
        for (@Nullable ParameterText[] row : rows) {
            commands.add(command(marks.sql(), row));
        }
        return commands;
    }

    private long[] runAsOne(BatchedInsert insert, List<@Nullable ParameterText[]> rows) throws SQLException {
        int rowsMax = insert.rowsMax();
        String full = insert.text(Math.min(rowsMax, rows.size()));
        for (int start = 0; start < rows.size(); start += rowsMax) {
            List<@Nullable ParameterText[]> part = rows.subList(start, Math.min(rows.size(), start + rowsMax));
            boolean same = start == 0 || part.size() == rowsMax;
            try {
                update(run(same ? full : insert.text(part.size()), together(part)));
            } catch (SQLException e) {
                return oneByOne(rows, start, e);
            }
        }
        long[] counts = new long[rows.size()];
        Arrays.fill(counts, 1);
        return counts;
    }

    private static @Nullable ParameterText[] together(List<@Nullable ParameterText[]> rows) {
        List<@Nullable ParameterText> all = new ArrayList<>();
        rows.forEach(row -> all.addAll(Arrays.asList(row)));
        return all.toArray(new ParameterText[0]);
    }

    /**
     * Goes on from a row one by one where rows that were sent together failed: none of them is in, and so the one that is
     * wrong is found.
     */
    private long[] oneByOne(List<@Nullable ParameterText[]> rows, int start, SQLException together)
            throws SQLException {
        String state = together.getSQLState() == null ? "" : together.getSQLState();
        boolean ofRow = state.startsWith("22") || state.startsWith("23") || state.startsWith("07");
        boolean again = ofRow && connection.getAutoCommit();
        return Batch.oneByOne(rows.size(), i -> {
            if (i < start) {
                return 1;
            }
            if (!again) {
                throw together;
            }
            return update(run(rows.get(i)));
        });
    }

    @Override
    public void clearParameters() throws SQLException {
        checkOpen();
        Arrays.fill(values, null);
    }

    private int[] oids() {
        int[] oids = new int[values.length];
        for (int i = 0; i < oids.length; i++) {
            ParameterText value = values[i];
            oids[i] = value == null ? 0 : value.oid();
        }
        return oids;
    }

    @Override
    public @Nullable ResultSetMetaData getMetaData() throws SQLException {
        checkOpen();
        List<ColumnInfo> columns = connection.describe(marks.sql(), oids()).columns();
        return columns == null ? null : new MillraceResultSetMetaData(columns);
    }

    @Override
    public ParameterMetaData getParameterMetaData() throws SQLException {
        checkOpen();
        return new MillraceParameterMetaData(
                connection.describe(marks.sql(), oids()).parameterOids());
    }

    @Override
    public void setNull(int parameter, int type) throws SQLException {
        set(parameter, new ParameterText(null, oid(type)));
    }

    @Override
    public void setNull(int parameter, int type, String name) throws SQLException {
        setNull(parameter, type);
    }

    /** Returns the server's number for a type of JDBC's, 0 for those whose place tells more. */
    private static int oid(int type) {
        switch (type) {
            case Types.BIT:
            case Types.BOOLEAN:
                return SqlType.BOOLEAN.oid;
            case Types.TINYINT:
            case Types.SMALLINT:
                return SqlType.SMALLINT.oid;
            case Types.FLOAT:
                return SqlType.DOUBLE.oid;
            case Types.NUMERIC:
                return SqlType.DECIMAL.oid;
            case Types.BINARY:
            case Types.LONGVARBINARY:
            case Types.VARBINARY:
                return SqlType.VARBINARY.oid;
            case Types.INTEGER:
            case Types.BIGINT:
            case Types.REAL:
            case Types.DOUBLE:
            case Types.DECIMAL:
            case Types.DATE:
            case Types.TIMESTAMP_WITH_TIMEZONE:
            case Types.TIME_WITH_TIMEZONE:
                return byType(type);
            default:
                return 0;
        }
    }

    private static int byType(int type) {
        for (SqlType candidate : SqlType.values()) {
            if (candidate.jdbcType == type) {
                return candidate.oid;
            }
        }
        return 0;
    }

    private void setValue(int parameter, @Nullable Object value) throws SQLException {
        set(parameter, ParameterText.of(value));
    }

    @Override
    public void setBoolean(int parameter, boolean value) throws SQLException {
        setValue(parameter, value);
    }

    @Override
    public void setByte(int parameter, byte value) throws SQLException {
        setValue(parameter, value);
    }

    @Override
    public void setShort(int parameter, short value) throws SQLException {
        setValue(parameter, value);
    }

    @Override
    public void setInt(int parameter, int value) throws SQLException {
        setValue(parameter, value);
    }

    @Override
    public void setLong(int parameter, long value) throws SQLException {
        setValue(parameter, value);
    }

    @Override
    public void setFloat(int parameter, float value) throws SQLException {
        setValue(parameter, value);
    }

    @Override
    public void setDouble(int parameter, double value) throws SQLException {
        setValue(parameter, value);
    }

    @Override
    public void setBigDecimal(int parameter, @Nullable BigDecimal value) throws SQLException {
        setValue(parameter, value);
    }

    @Override
    public void setString(int parameter, @Nullable String value) throws SQLException {
        setValue(parameter, value);
    }

    @Override
    public void setNString(int parameter, @Nullable String value) throws SQLException {
        setValue(parameter, value);
    }

    @Override
    public void setBytes(int parameter, byte @Nullable [] value) throws SQLException {
        setValue(parameter, value);
    }

    @Override
    public void setDate(int parameter, @Nullable Date value) throws SQLException {
        setValue(parameter, value);
    }

    @Override
    public void setTime(int parameter, @Nullable Time value) throws SQLException {
        setValue(parameter, value);
    }

    @Override
    public void setTimestamp(int parameter, @Nullable Timestamp value) throws SQLException {
        setValue(parameter, value);
    }

    @Override
    public void setDate(int parameter, @Nullable Date value, @Nullable Calendar calendar) throws SQLException {
        setTemporal(parameter, value, calendar);
    }

    @Override
    public void setTime(int parameter, @Nullable Time value, @Nullable Calendar calendar) throws SQLException {
        setTemporal(parameter, value, calendar);
    }

    @Override
    public void setTimestamp(int parameter, @Nullable Timestamp value, @Nullable Calendar calendar)
            throws SQLException {
        setTemporal(parameter, value, calendar);
    }

    private void setTemporal(int parameter, @Nullable Object value, @Nullable Calendar calendar) throws SQLException {
        ParameterText text = value == null ? null : ParameterText.temporal(value, calendar);
        set(parameter, text == null ? new ParameterText(null, 0) : text);
    }

    @Override
    public void setObject(int parameter, @Nullable Object value) throws SQLException {
        setValue(parameter, value);
    }

    @Override
    public void setObject(int parameter, @Nullable Object value, int type) throws SQLException {
        ParameterText text = ParameterText.of(value);
        // What is written is the value's own; the type asked for only says what the server is to take it as.
        int wanted = oid(type);
        set(parameter, wanted == 0 || text.text() == null || !(value instanceof String) ? text : typed(text, wanted));
    }

    private static ParameterText typed(ParameterText text, int oid) {
        return new ParameterText(text.text(), oid);
    }

    @Override
    public void setObject(int parameter, @Nullable Object value, int type, int scale) throws SQLException {
        boolean decimal = type == Types.DECIMAL || type == Types.NUMERIC;
        Object scaled = decimal && value instanceof BigDecimal
                ? ((BigDecimal) value).setScale(scale, java.math.RoundingMode.HALF_UP)
                : value;
        setObject(parameter, scaled, type);
    }

    @Override
    public void setArray(int parameter, @Nullable Array value) throws SQLException {
        setValue(parameter, value);
    }

    @Override
    public void setURL(int parameter, @Nullable URL value) throws SQLException {
        setValue(parameter, value == null ? null : value.toString());
    }

    @Override
    public void setAsciiStream(int parameter, @Nullable InputStream value, int length) throws SQLException {
        setText(parameter, value, length, StandardCharsets.US_ASCII);
    }

    @Override
    @Deprecated
    public void setUnicodeStream(int parameter, @Nullable InputStream value, int length) throws SQLException {
        setText(parameter, value, length, StandardCharsets.UTF_16);
    }

    @Override
    public void setAsciiStream(int parameter, @Nullable InputStream value, long length) throws SQLException {
        setText(parameter, value, length, StandardCharsets.US_ASCII);
    }

    @Override
    public void setAsciiStream(int parameter, @Nullable InputStream value) throws SQLException {
        setText(parameter, value, Integer.MAX_VALUE, StandardCharsets.US_ASCII);
    }

    private void setText(int parameter, @Nullable InputStream value, long length, Charset charset) throws SQLException {
        byte[] bytes = value == null ? null : read(value, length);
        setValue(parameter, bytes == null ? null : new String(bytes, charset));
    }

    private static byte[] read(InputStream in, long length) throws SQLException {
        try {
            return in.readNBytes((int) Math.min(length, Integer.MAX_VALUE));
        } catch (IOException e) {
            throw SqlErrors.value("a stream could not be read: " + e.getMessage());
        }
    }

    @Override
    public void setBinaryStream(int parameter, @Nullable InputStream value, int length) throws SQLException {
        setBinaryStream(parameter, value, (long) length);
    }

    @Override
    public void setBinaryStream(int parameter, @Nullable InputStream value, long length) throws SQLException {
        setValue(parameter, value == null ? null : read(value, length));
    }

    @Override
    public void setBinaryStream(int parameter, @Nullable InputStream value) throws SQLException {
        setBinaryStream(parameter, value, Integer.MAX_VALUE);
    }

    @Override
    public void setCharacterStream(int parameter, @Nullable Reader value, int length) throws SQLException {
        setCharacterStream(parameter, value, (long) length);
    }

    @Override
    public void setCharacterStream(int parameter, @Nullable Reader value) throws SQLException {
        setCharacterStream(parameter, value, Long.MAX_VALUE);
    }

    @Override
    public void setCharacterStream(int parameter, @Nullable Reader value, long length) throws SQLException {
        if (value == null) {
            setValue(parameter, null);
            return;
        }
        StringWriter text = new StringWriter();
        try {
            value.transferTo(text);
        } catch (IOException e) {
            throw SqlErrors.value("a reader could not be read: " + e.getMessage());
        }
        String whole = text.toString();
        setValue(parameter, whole.substring(0, (int) Math.min(whole.length(), length)));
    }

    @Override
    public void setNCharacterStream(int parameter, @Nullable Reader value, long length) throws SQLException {
        setCharacterStream(parameter, value, length);
    }

    @Override
    public void setNCharacterStream(int parameter, @Nullable Reader value) throws SQLException {
        setCharacterStream(parameter, value);
    }

    @Override
    public void setRef(int parameter, Ref value) throws SQLException {
        throw SqlErrors.unsupported("a REF");
    }

    @Override
    public void setBlob(int parameter, Blob value) throws SQLException {
        setValue(parameter, value == null ? null : value.getBytes(1, (int) value.length()));
    }

    @Override
    public void setBlob(int parameter, InputStream value, long length) throws SQLException {
        setBinaryStream(parameter, value, length);
    }

    @Override
    public void setBlob(int parameter, InputStream value) throws SQLException {
        setBinaryStream(parameter, value);
    }

    @Override
    public void setClob(int parameter, Clob value) throws SQLException {
        setValue(parameter, value == null ? null : value.getSubString(1, (int) value.length()));
    }

    @Override
    public void setClob(int parameter, Reader value, long length) throws SQLException {
        setCharacterStream(parameter, value, length);
    }

    @Override
    public void setClob(int parameter, Reader value) throws SQLException {
        setCharacterStream(parameter, value);
    }

    @Override
    public void setNClob(int parameter, NClob value) throws SQLException {
        setClob(parameter, value);
    }

    @Override
    public void setNClob(int parameter, Reader value, long length) throws SQLException {
        setCharacterStream(parameter, value, length);
    }

    @Override
    public void setNClob(int parameter, Reader value) throws SQLException {
        setCharacterStream(parameter, value);
    }

    @Override
    public void setRowId(int parameter, RowId value) throws SQLException {
        throw SqlErrors.unsupported("a row id");
    }

    @Override
    public void setSQLXML(int parameter, SQLXML value) throws SQLException {
        setValue(parameter, value == null ? null : value.getString());
    }
}
