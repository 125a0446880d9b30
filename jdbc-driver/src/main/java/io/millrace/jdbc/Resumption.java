package io.millrace.jdbc;

import io.millrace.jdbc.wire.ColumnInfo;
import io.millrace.jdbc.wire.ServerException;
import io.millrace.jdbc.wire.WireSession;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the rows of an endless answer were handed on, so that it can be gone on with behind them over another
 * session. The server names points, each before the rows that are counted from there. For the thread that reads.
 */
final class Resumption {

    private final Request request;
    private @Nullable String point;
    private long rowsSincePoint;
    private long rows;

    Resumption(Request request) {
        this.request = request;
    }

    /** Waits for the first point: from here on nothing can be missed. Fails where the query cannot be resumed. */
    void begin(WireSession wire) throws IOException, ServerException, SQLException {
        while (wire.busy() && point == null) {
            wire.step();
            pointFrom(wire);
        }
        if (point == null) {
            throw SqlErrors.unsupported("resume by this server; connect without it, since it");
        }
    }

    /** Takes a point the server has named, before the rows that follow it. */
    void pointFrom(WireSession wire) {
        String named = wire.takeResumePoint();
        // The point that the answer was gone on from is named again, before rows that are counted on.
        if (named != null && !named.equals(point)) {
            point = named;
            rowsSincePoint = 0;
        }
    }

    /** Counts a row that is handed on. */
    void row() {
        rowsSincePoint++;
        rows++;
    }

    /** Returns whether as many rows were handed on as are wanted. */
    boolean complete() {
        return request.rowsMax() > 0 && rows >= request.rowsMax();
    }

    /** Asks for the rows that are not handed on yet. The answer must look as it did. */
    void goOn(WireSession wire, List<ColumnInfo> columns) throws IOException, ServerException, SQLException {
        wire.run("SET resume_from = '" + rowsSincePoint + ":" + point + "'");
        int left = request.rowsMax() == 0 ? 0 : (int) (request.rowsMax() - rows);
        wire.send(request.command(), left);
        if (!sameTypes(columns, wire.described())) {
            throw new SQLException("the answer has other columns than before the connection was lost", "0A000");
        }
    }

    private static boolean sameTypes(List<ColumnInfo> before, @Nullable List<ColumnInfo> now) {
        if (now == null || now.size() != before.size()) {
            return false;
        }
        for (int i = 0; i < now.size(); i++) {
            if (now.get(i).typeOid() != before.get(i).typeOid()
                    || now.get(i).binary() != before.get(i).binary()) {
                return false;
            }
        }
        return true;
    }
}
