package io.millrace.jdbc;

import java.sql.ParameterMetaData;
import java.sql.SQLException;

/** The parameters of a statement, as the server sees them. Immutable. */
final class MillraceParameterMetaData extends Unwrapping implements ParameterMetaData {

    private final int[] oids;

    MillraceParameterMetaData(int[] oids) {
        this.oids = oids.clone();
    }

    private int oid(int parameter) throws SQLException {
        if (parameter < 1 || parameter > oids.length) {
            throw new SQLException("there is no parameter " + parameter + " of " + oids.length, "07009");
        }
        return oids[parameter - 1];
    }

    @Override
    public int getParameterCount() {
        return oids.length;
    }

    @Override
    public int isNullable(int parameter) throws SQLException {
        oid(parameter);
        return parameterNullableUnknown;
    }

    @Override
    public boolean isSigned(int parameter) throws SQLException {
        return SqlType.of(oid(parameter)).signed();
    }

    @Override
    public int getPrecision(int parameter) throws SQLException {
        int precision = SqlType.of(oid(parameter)).precision(-1);
        return precision == Integer.MAX_VALUE ? 0 : precision;
    }

    @Override
    public int getScale(int parameter) throws SQLException {
        return SqlType.of(oid(parameter)).scale(-1);
    }

    @Override
    public int getParameterType(int parameter) throws SQLException {
        return SqlType.jdbcType(oid(parameter));
    }

    @Override
    public String getParameterTypeName(int parameter) throws SQLException {
        return SqlType.name(oid(parameter));
    }

    @Override
    public String getParameterClassName(int parameter) throws SQLException {
        return SqlType.className(oid(parameter));
    }

    @Override
    public int getParameterMode(int parameter) throws SQLException {
        oid(parameter);
        return parameterModeIn;
    }
}
