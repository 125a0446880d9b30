package io.millrace.clients;

import io.millrace.testing.tidy.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Programs that are libraries of Maven's and cannot share a class path with us, each set of them in a directory below
 * {@code target} that outlives a test run.
 */
final class MavenLibraries {

    private MavenLibraries() {}

    /**
     * Goes on where the artifacts (as {@code group:artifact:version}, or with {@code :classifier} behind it) and what they
     * need are there, and returns the class path; see {@link Program#require}.
     */
    static String require(String set, String... artifacts) throws IOException, InterruptedException {
        Path directory = ProjectFiles.find()
                .root()
                .resolve("engine/clients/target/maven")
                .resolve(set);
        Files.createDirectories(directory);
        Files.writeString(
                directory.resolve("pom.xml"),
                "<project xmlns=\"http://maven.apache.org/POM/4.0.0\"><modelVersion>4.0.0</modelVersion>"
                        + "<groupId>io.millrace</groupId><artifactId>" + set + "</artifactId><version>1</version>"
                        + "<dependencies>"
                        + Stream.of(artifacts).map(MavenLibraries::dependency).collect(Collectors.joining())
                        + "</dependencies></project>");
        // Named after what was asked for, so that another version is got anew.
        String done = directory + "/done-"
                + Integer.toHexString(String.join(",", artifacts).hashCode());
        Program.of("test", "-e", done)
                .require(
                        set,
                        Program.of(
                                "sh",
                                "-c",
                                "mvn -B -ntp -q -f " + directory + "/pom.xml dependency:copy-dependencies"
                                        + " -DincludeScope=runtime -DoutputDirectory=" + directory + "/lib && touch "
                                        + done));
        return directory + "/lib/*";
    }

    private static String dependency(String artifact) {
        String[] parts = artifact.split(":", -1);
        return "<dependency><groupId>" + parts[0] + "</groupId><artifactId>" + parts[1] + "</artifactId><version>"
                + parts[2] + "</version>"
                + (parts.length > 3 ? "<classifier>" + parts[3] + "</classifier>" : "") + "</dependency>";
    }
}
