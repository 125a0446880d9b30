package io.millrace.jdbc;

/** A statement with {@code ?} marks, as the server wants it: {@code $1}, {@code $2}. {@code ??} stands for itself. */
final class ParameterMarks {

    private final String sql;
    private final int count;

    private ParameterMarks(String sql, int count) {
        this.sql = sql;
        this.count = count;
    }

    static ParameterMarks parse(String sql) {
        StringBuilder numbered = new StringBuilder(sql.length() + 16);
        int count = 0;
        int i = 0;
        while (i < sql.length()) {
            int end = SqlText.skip(sql, i);
            if (end > i) {
                numbered.append(sql, i, end);
                i = end;
            } else if (sql.charAt(i) != '?') {
                numbered.append(sql.charAt(i++));
            } else if (sql.startsWith("??", i)) {
                numbered.append('?');
                i += 2;
            } else {
                numbered.append('$').append(++count);
                i++;
            }
        }
        return new ParameterMarks(numbered.toString(), count);
    }

    String sql() {
        return sql;
    }

    int count() {
        return count;
    }
}
