package io.millrace.jdbc;

import java.sql.SQLException;
import java.sql.Wrapper;

/** What every object of the driver is: its own wrapper. */
abstract class Unwrapping implements Wrapper {

    @Override
    public final <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw SqlErrors.argument(getClass().getSimpleName() + " is no " + type.getName());
    }

    @Override
    public final boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
