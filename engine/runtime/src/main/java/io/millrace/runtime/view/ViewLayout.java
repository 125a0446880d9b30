package io.millrace.runtime.view;

import io.millrace.spi.type.DataType.RowType;

/** How the rows of a view are stored, and of which query they are. Earlier versions did not say the latter. */
final class ViewLayout {

    private static final String ROWS = "rows of ";
    private static final String QUERY = "; query ";

    private ViewLayout() {}

    static String of(RowType rowType, String query) {
        return withoutQuery(rowType) + QUERY + query;
    }

    static String withoutQuery(RowType rowType) {
        return ROWS + rowType;
    }

    static boolean namesQuery(String layout) {
        return layout.contains(QUERY);
    }

    /** Returns whether what is stored has these columns, whatever query it is of. */
    static boolean sameColumns(String layout, RowType rowType) {
        String columns = withoutQuery(rowType);
        return layout.equals(columns) || layout.startsWith(columns + QUERY);
    }
}
