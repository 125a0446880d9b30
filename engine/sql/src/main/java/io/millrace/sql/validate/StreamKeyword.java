package io.millrace.sql.validate;

import io.millrace.sql.error.SqlErrors;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/**
 * Takes the word STREAM out of a query. Whether a query ends is said once, at its top: Calcite's own meaning of
 * the word, a query over changes, is not ours.
 */
final class StreamKeyword {

    private StreamKeyword() {}

    /**
     * Takes the word out, in place.
     *
     * @param streams whether the query is endless whether or not it says so: a pump's
     * @return whether the query is endless
     */
    static boolean remove(SqlNode query, boolean streams) {
        boolean endless = streams || atTop(query);
        query.accept(new SqlBasicVisitor<Void>() {
            @Override
            public Void visit(SqlCall call) {
                if (call instanceof SqlSelect select && select.isKeywordPresent(SqlSelectKeyword.STREAM)) {
                    if (!endless) {
                        throw SqlErrors.invalid(
                                "STREAM in a subquery of a query that ends",
                                "write SELECT STREAM at the top too for an answer that goes on, or leave out this"
                                        + " STREAM for one from what is retained",
                                select.getParserPosition());
                    }
                    remove(select);
                }
                return super.visit(call);
            }
        });
        return endless;
    }

    /** Returns whether a query says at its top that it goes on. */
    static boolean atTop(SqlNode query) {
        return switch (query) {
            case SqlSelect select -> select.isKeywordPresent(SqlSelectKeyword.STREAM);
            case SqlOrderBy orderBy -> atTop(orderBy.query);
            case SqlWith with -> atTop(with.body);
            case SqlCall call
            when SqlKind.SET_QUERY.contains(call.getKind()) ->
                call.getOperandList().stream().anyMatch(StreamKeyword::atTop);
            default -> false;
        };
    }

    private static void remove(SqlSelect select) {
        SqlNodeList kept = new SqlNodeList(select.getParserPosition());
        for (SqlNode keyword : (SqlNodeList) select.getOperandList().get(0)) {
            if (((SqlLiteral) keyword).getValue() != SqlSelectKeyword.STREAM) {
                kept.add(keyword);
            }
        }
        select.setOperand(0, kept);
    }
}
