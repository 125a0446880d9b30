package io.millrace.sql.parser.tree;

import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWriter;
import org.jspecify.annotations.Nullable;

/** Parts that several statements write alike. */
final class Writing {

    private Writing() {}

    static void create(SqlWriter writer, boolean replace, String kind, boolean ifNotExists, SqlNode name) {
        writer.keyword(replace ? "CREATE OR REPLACE" : "CREATE");
        writer.keyword(kind);
        if (ifNotExists) {
            writer.keyword("IF NOT EXISTS");
        }
        name.unparse(writer, 0, 0);
    }

    /** Writes declared columns and the watermark among them, if there are any. */
    static void columns(SqlWriter writer, SqlNodeList columns, @Nullable SqlNode watermark) {
        SqlNodeList elements = columns.clone(columns.getParserPosition());
        if (watermark != null) {
            elements.add(watermark);
        }
        if (!elements.isEmpty()) {
            list(writer, elements);
        }
    }

    static void list(SqlWriter writer, SqlNodeList nodes) {
        SqlWriter.Frame frame = writer.startList("(", ")");
        for (SqlNode node : nodes) {
            writer.sep(",");
            node.unparse(writer, 0, 0);
        }
        writer.endList(frame);
    }

    /** Writes {@code column = value, …}. */
    static void assignments(SqlWriter writer, List<? extends SqlNode> columns, List<? extends SqlNode> values) {
        SqlWriter.Frame frame = writer.startList("", "");
        for (int i = 0; i < columns.size(); i++) {
            writer.sep(",");
            columns.get(i).unparse(writer, 0, 0);
            writer.keyword("=");
            values.get(i).unparse(writer, 0, 0);
        }
        writer.endList(frame);
    }

    static void description(SqlWriter writer, @Nullable SqlNode description) {
        if (description != null) {
            writer.keyword("DESCRIPTION");
            description.unparse(writer, 0, 0);
        }
    }

    static void options(SqlWriter writer, SqlNodeList options) {
        if (!options.isEmpty()) {
            writer.keyword("WITH");
            list(writer, options);
        }
    }
}
