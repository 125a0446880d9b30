package io.millrace.jdbc;

import io.millrace.jdbc.wire.Cells;
import io.millrace.jdbc.wire.ColumnInfo;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.ZoneId;
import java.util.Calendar;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows as they come off the link; forward only. For one thread at a time, but for {@link #close}, which wakes a
 * {@link #next} that waits.
 */
final class MillraceResultSet extends LabelledResultSet {

    private final @Nullable MillraceStatement statement;
    private final Rows rows;
    private final List<ColumnInfo> columns;
    private final int[] oids;
    private final boolean[] binary;
    private final @Nullable NestedType[] nested;
    private final ColumnLabels labels;
    private volatile boolean closed;
    private @Nullable Cells row;
    private boolean ended;
    private long position;
    private boolean wasNull;
    private int fetchSize;
    private @Nullable ZoneId zone;

    MillraceResultSet(@Nullable MillraceStatement statement, Rows rows, int fetchSize) {
        this.statement = statement;
        this.rows = rows;
        this.columns = rows.columns();
        this.oids = columns.stream().mapToInt(ColumnInfo::typeOid).toArray();
        this.binary = new boolean[oids.length];
        this.nested = new NestedType[oids.length];
        for (int i = 0; i < oids.length; i++) {
            binary[i] = columns.get(i).binary();
        }
        this.labels = new ColumnLabels(columns);
        this.fetchSize = fetchSize;
    }

    private void checkOpen() throws SQLException {
        if (closed || (statement != null && statement.isClosed())) {
            throw SqlErrors.closed("result set");
        }
    }

    @Override
    public boolean next() throws SQLException {
        checkOpen();
        if (ended) {
            return false;
        }
        row = rows.next();
        position++;
        ended = row == null;
        return !ended;
    }

    @Override
    public void close() {
        if (!closed) {
            end();
            if (statement != null) {
                statement.resultClosed();
            }
        }
    }

    /** Ends it on behalf of its statement. */
    void end() {
        closed = true;
        rows.close();
    }

    private Cells cells(int column) throws SQLException {
        checkOpen();
        if (column < 1 || column > oids.length) {
            throw new SQLException("there is no column " + column + " of " + oids.length, "07009");
        }
        Cells current = row;
        if (current == null) {
            throw new SQLException("the result set is at no row; call next()", "24000");
        }
        wasNull = current.isNull(column - 1);
        return current;
    }

    private @Nullable String text(int column) throws SQLException {
        Cells cells = cells(column);
        if (!binary[column - 1] || wasNull) {
            return cells.text(column - 1);
        }
        return FixedWidth.text(SqlType.of(oids[column - 1]), cells.bits(column - 1));
    }

    private @Nullable CellValue value(int column) throws SQLException {
        Cells cells = cells(column);
        if (binary[column - 1]) {
            return wasNull ? null : new CellValue(cells.bits(column - 1), oids[column - 1]);
        }
        String text = cells.text(column - 1);
        return text == null ? null : new CellValue(text, oids[column - 1], nested(column - 1));
    }

    private @Nullable NestedType nested(int index) throws SQLException {
        String shape = columns.get(index).shape();
        NestedType known = nested[index];
        if (shape != null && known == null) {
            known = NestedType.parse(shape);
            nested[index] = known;
        }
        return known;
    }

    @Override
    public int findColumn(String label) throws SQLException {
        checkOpen();
        return labels.find(label);
    }

    @Override
    public boolean wasNull() throws SQLException {
        checkOpen();
        return wasNull;
    }

    @Override
    public @Nullable String getString(int column) throws SQLException {
        return text(column);
    }

    @Override
    public boolean getBoolean(int column) throws SQLException {
        CellValue value = value(column);
        return value != null && value.truth();
    }

    @Override
    public byte getByte(int column) throws SQLException {
        return (byte) whole(column, Byte.MIN_VALUE, Byte.MAX_VALUE, "TINYINT");
    }

    @Override
    public short getShort(int column) throws SQLException {
        return (short) whole(column, Short.MIN_VALUE, Short.MAX_VALUE, "SMALLINT");
    }

    @Override
    public int getInt(int column) throws SQLException {
        return (int) whole(column, Integer.MIN_VALUE, Integer.MAX_VALUE, "INTEGER");
    }

    @Override
    public long getLong(int column) throws SQLException {
        return whole(column, Long.MIN_VALUE, Long.MAX_VALUE, "BIGINT");
    }

    private long whole(int column, long min, long max, String type) throws SQLException {
        CellValue value = value(column);
        return value == null ? 0 : value.whole(min, max, type);
    }

    @Override
    public float getFloat(int column) throws SQLException {
        CellValue value = value(column);
        return value == null ? 0 : value.singleFloating();
    }

    @Override
    public double getDouble(int column) throws SQLException {
        CellValue value = value(column);
        return value == null ? 0 : value.floating();
    }

    @Override
    @Deprecated
    public @Nullable BigDecimal getBigDecimal(int column, int scale) throws SQLException {
        BigDecimal value = getBigDecimal(column);
        return value == null ? null : value.setScale(scale, java.math.RoundingMode.HALF_UP);
    }

    @Override
    public @Nullable BigDecimal getBigDecimal(int column) throws SQLException {
        CellValue value = value(column);
        return value == null ? null : value.decimal();
    }

    @Override
    public byte @Nullable [] getBytes(int column) throws SQLException {
        CellValue value = value(column);
        return value == null ? null : value.bytes();
    }

    @Override
    public @Nullable Date getDate(int column) throws SQLException {
        CellValue value = value(column);
        return value == null ? null : value.date(null);
    }

    @Override
    public @Nullable Date getDate(int column, @Nullable Calendar calendar) throws SQLException {
        CellValue value = value(column);
        return value == null ? null : value.date(calendar);
    }

    @Override
    public @Nullable Time getTime(int column) throws SQLException {
        CellValue value = value(column);
        return value == null ? null : value.time(null);
    }

    @Override
    public @Nullable Time getTime(int column, @Nullable Calendar calendar) throws SQLException {
        CellValue value = value(column);
        return value == null ? null : value.time(calendar);
    }

    @Override
    public @Nullable Timestamp getTimestamp(int column) throws SQLException {
        Cells cells = cells(column);
        if (!wasNull && binary[column - 1] && oids[column - 1] == SqlType.TIMESTAMP.oid) {
            return FixedWidth.timestamp(cells.bits(column - 1), zone());
        }
        CellValue value = value(column);
        return value == null ? null : value.timestamp(null);
    }

    /** The zone is looked up once: to ask for the default of all programs costs more than to read a cell. */
    private ZoneId zone() {
        ZoneId known = zone;
        if (known == null) {
            known = ZoneId.systemDefault();
            zone = known;
        }
        return known;
    }

    @Override
    public @Nullable Timestamp getTimestamp(int column, @Nullable Calendar calendar) throws SQLException {
        CellValue value = value(column);
        return value == null ? null : value.timestamp(calendar);
    }

    @Override
    public @Nullable Object getObject(int column) throws SQLException {
        CellValue value = value(column);
        return value == null ? null : value.object();
    }

    @Override
    public @Nullable Object getObject(int column, Map<String, Class<?>> map) throws SQLException {
        return getObject(column);
    }

    @Override
    @SuppressWarnings("unchecked") // An object of the class that was asked for, or of the one that boxes it.
    public <T> @Nullable T getObject(int column, Class<T> type) throws SQLException {
        if (type == null) {
            throw SqlErrors.argument("there is no class to look at column " + column + " as");
        }
        CellValue value = value(column);
        return value == null ? null : (T) value.object(type);
    }

    @Override
    public @Nullable Array getArray(int column) throws SQLException {
        return getObject(column, Array.class);
    }

    @Override
    public @Nullable InputStream getAsciiStream(int column) throws SQLException {
        return stream(column, StandardCharsets.US_ASCII);
    }

    @Override
    @Deprecated
    public @Nullable InputStream getUnicodeStream(int column) throws SQLException {
        return stream(column, StandardCharsets.UTF_16);
    }

    private @Nullable InputStream stream(int column, java.nio.charset.Charset charset) throws SQLException {
        String text = text(column);
        return text == null ? null : new ByteArrayInputStream(text.getBytes(charset));
    }

    @Override
    public @Nullable InputStream getBinaryStream(int column) throws SQLException {
        byte[] bytes = getBytes(column);
        return bytes == null ? null : new ByteArrayInputStream(bytes);
    }

    @Override
    public @Nullable Reader getCharacterStream(int column) throws SQLException {
        String text = text(column);
        return text == null ? null : new StringReader(text);
    }

    @Override
    public @Nullable Reader getNCharacterStream(int column) throws SQLException {
        return getCharacterStream(column);
    }

    @Override
    public @Nullable String getNString(int column) throws SQLException {
        return text(column);
    }

    @Override
    public @Nullable URL getURL(int column) throws SQLException {
        String text = text(column);
        try {
            return text == null ? null : new URL(text);
        } catch (java.net.MalformedURLException e) {
            throw SqlErrors.value("'" + text + "' is no URL");
        }
    }

    @Override
    public @Nullable Blob getBlob(int column) throws SQLException {
        throw SqlErrors.unsupported("a BLOB");
    }

    @Override
    public @Nullable Clob getClob(int column) throws SQLException {
        throw SqlErrors.unsupported("a CLOB");
    }

    @Override
    public @Nullable NClob getNClob(int column) throws SQLException {
        throw SqlErrors.unsupported("an NCLOB");
    }

    @Override
    public @Nullable Ref getRef(int column) throws SQLException {
        throw SqlErrors.unsupported("a REF");
    }

    @Override
    public @Nullable RowId getRowId(int column) throws SQLException {
        throw SqlErrors.unsupported("a row id");
    }

    @Override
    public @Nullable SQLXML getSQLXML(int column) throws SQLException {
        throw SqlErrors.unsupported("SQLXML");
    }

    @Override
    public @Nullable SQLWarning getWarnings() throws SQLException {
        checkOpen();
        return statement == null ? null : statement.warnings.first();
    }

    @Override
    public void clearWarnings() throws SQLException {
        checkOpen();
        if (statement != null) {
            statement.warnings.clear();
        }
    }

    @Override
    public String getCursorName() throws SQLException {
        checkOpen();
        throw SqlErrors.unsupported("positioned update");
    }

    @Override
    public ResultSetMetaData getMetaData() throws SQLException {
        checkOpen();
        return new MillraceResultSetMetaData(columns);
    }

    @Override
    public boolean isBeforeFirst() throws SQLException {
        checkOpen();
        return position == 0;
    }

    @Override
    public boolean isAfterLast() throws SQLException {
        checkOpen();
        return ended && position > 1;
    }

    @Override
    public boolean isFirst() throws SQLException {
        checkOpen();
        return position == 1 && !ended;
    }

    /** Fails: to know it would be to wait for the next row, which may never come. */
    @Override
    public boolean isLast() throws SQLException {
        checkOpen();
        throw SqlErrors.unsupported("asking for the last row");
    }

    private static SQLException forwardOnly() {
        return new java.sql.SQLFeatureNotSupportedException("the result set is forward-only", "0A000");
    }

    @Override
    public void beforeFirst() throws SQLException {
        checkOpen();
        if (position > 0) {
            throw forwardOnly();
        }
    }

    @Override
    public void afterLast() throws SQLException {
        throw forwardOnly();
    }

    @Override
    public boolean first() throws SQLException {
        throw forwardOnly();
    }

    @Override
    public boolean last() throws SQLException {
        throw forwardOnly();
    }

    @Override
    public boolean absolute(int row) throws SQLException {
        throw forwardOnly();
    }

    @Override
    public boolean relative(int rows) throws SQLException {
        throw forwardOnly();
    }

    @Override
    public boolean previous() throws SQLException {
        throw forwardOnly();
    }

    @Override
    public int getRow() throws SQLException {
        checkOpen();
        return ended ? 0 : (int) Math.min(position, Integer.MAX_VALUE);
    }

    @Override
    public void setFetchDirection(int direction) throws SQLException {
        checkOpen();
        if (direction != FETCH_FORWARD) {
            throw forwardOnly();
        }
    }

    @Override
    public int getFetchDirection() throws SQLException {
        checkOpen();
        return FETCH_FORWARD;
    }

    @Override
    public void setFetchSize(int rows) throws SQLException {
        checkOpen();
        if (rows < 0) {
            throw SqlErrors.argument("a fetch size of " + rows);
        }
        fetchSize = rows;
    }

    @Override
    public int getFetchSize() throws SQLException {
        checkOpen();
        return fetchSize;
    }

    @Override
    public int getType() throws SQLException {
        checkOpen();
        return TYPE_FORWARD_ONLY;
    }

    @Override
    public int getConcurrency() throws SQLException {
        checkOpen();
        return CONCUR_READ_ONLY;
    }

    @Override
    public int getHoldability() throws SQLException {
        checkOpen();
        return ResultSet.HOLD_CURSORS_OVER_COMMIT;
    }

    @Override
    public boolean rowUpdated() throws SQLException {
        checkOpen();
        return false;
    }

    @Override
    public boolean rowInserted() throws SQLException {
        checkOpen();
        return false;
    }

    @Override
    public boolean rowDeleted() throws SQLException {
        checkOpen();
        return false;
    }

    @Override
    public @Nullable Statement getStatement() throws SQLException {
        checkOpen();
        return statement;
    }

    @Override
    public boolean isClosed() {
        return closed || (statement != null && statement.isClosed());
    }
}
