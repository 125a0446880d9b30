package io.millrace.clients;

import io.millrace.testing.tidy.ProjectFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Packages of npm's, each set of them in a directory below {@code target} that outlives a test run. */
final class NodeModules {

    private NodeModules() {}

    private static String directory(String set) {
        return ProjectFiles.find()
                .root()
                .resolve("engine/clients/target/npm")
                .resolve(set)
                .toString();
    }

    /** Goes on where the packages (as {@code name@version}) are there; see {@link Program#require}. */
    static void require(String set, String... packages) throws InterruptedException {
        List<String> install =
                new ArrayList<>(List.of("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts"));
        install.addAll(List.of("--prefix", directory(set)));
        install.addAll(List.of(packages));
        List<String> names = Stream.of(packages)
                .map(each -> "require.resolve('" + each.substring(0, each.lastIndexOf('@')) + "')")
                .toList();
        node(set, "-e", String.join(";", names)).require(set, Program.of(install.toArray(String[]::new)));
    }

    /** Returns a run of node that finds the packages. */
    static Program node(String set, String... arguments) {
        List<String> command = new ArrayList<>(List.of("node"));
        command.addAll(List.of(arguments));
        return Program.of(command.toArray(String[]::new)).with("NODE_PATH", directory(set) + "/node_modules");
    }
}
