package io.millrace.connector.iceberg;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The name of the file of keys that lies beside a file of rows. */
final class KeyFile {

    private static final String SUFFIX = "-keys";

    private KeyFile() {}

    /** Returns what the file of keys beside a file is called. */
    static String beside(String rows) {
        int extension = rows.lastIndexOf('.');
        return rows.substring(0, extension) + SUFFIX + rows.substring(extension);
    }

    /** Returns the names without those of files of keys beside others of them: who has the one has the other. */
    static List<String> withoutThem(List<String> names) {
        Set<String> beside = new HashSet<>();
        names.forEach(name -> beside.add(name.contains(".") ? beside(name) : name + SUFFIX));
        return names.stream().filter(name -> !beside.contains(name)).toList();
    }
}
