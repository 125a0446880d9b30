package io.millrace.testing.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What every file of the project keeps to. Run with {@code -Dtidy.write} it formats in place. */
class TidyTest {

    /** Words that say unfinished, and what belongs to one machine. */
    private static final Pattern BANNED =
            Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b|@aut" + "hor|/ho" + "me/|/ro" + "ot/");

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
    private static final Pattern TYPE = Pattern.compile("`([A-Z][a-z][A-Za-z0-9]+)`");

    private final ProjectFiles files = ProjectFiles.find();

    @Test
    void javaIsFormatted() throws FormatterException, IOException {
        Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
                .style(JavaFormatterOptions.Style.PALANTIR)
                .build());
        List<String> unformatted = new ArrayList<>();
        for (Path file : files.endingWith(".java")) {
            String text = ProjectFiles.text(file);
            String formatted = formatter.formatSourceAndFixImports(text);
            if (!formatted.equals(text)) {
                unformatted.add(files.name(file));
                if (System.getProperty("tidy.write") != null) {
                    Files.writeString(file, formatted);
                }
            }
        }
        assertThat(unformatted)
                .as("mvn -pl engine/testing -am test -Dtest=TidyTest -Dtidy.write"
                        + " -Dsurefire.failIfNoSpecifiedTests=false formats them")
                .isEmpty();
    }

    @Test
    void nothingIsLeftForLater() {
        List<String> found = new ArrayList<>();
        for (Path file : files.matching(name -> name.matches(".*\\.(java|md|xml|sh|ftl|fmpp|sql|slt)"))) {
            Matcher banned = BANNED.matcher(ProjectFiles.text(file));
            if (banned.find()) {
                found.add(files.name(file) + ": " + banned.group());
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void everyPackageTeachesItsIdea() {
        List<String> silent = new ArrayList<>();
        for (Path file : files.matching(name -> name.contains("src/main/java/") && name.endsWith(".java"))) {
            Path info = file.resolveSibling("package-info.java");
            boolean teaches = Files.exists(info)
                    && ProjectFiles.text(info).contains("/**")
                    && (ProjectFiles.text(info).contains("@NullMarked")
                            || files.name(file).startsWith("jdbc-driver/"));
            if (!teaches && !silent.contains(files.name(info))) {
                silent.add(files.name(info));
            }
        }
        assertThat(silent).isEmpty();
    }

    @Test
    void documentsHaveOneTitleAndLinksThatLead() {
        List<String> wrong = new ArrayList<>();
        for (Path file : files.endingWith(".md")) {
            String text = ProjectFiles.text(file).replaceAll("(?s)```.*?```", "");
            long titles = text.lines().filter(line -> line.startsWith("# ")).count();
            if (titles != 1) {
                wrong.add(files.name(file) + ": " + titles + " titles");
            }
            Matcher link = LINK.matcher(text);
            while (link.find()) {
                if (!Files.exists(file.resolveSibling(link.group(1)))) {
                    wrong.add(files.name(file) + ": " + link.group(1) + " leads nowhere");
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void typesThatTheArchitectureNamesExist() {
        Path architecture = files.root().resolve("ARCHITECTURE.md");
        Matcher type = TYPE.matcher(ProjectFiles.text(architecture));
        List<String> missing = new ArrayList<>();
        while (type.find()) {
            if (!files.typeNames().contains(type.group(1))) {
                missing.add(type.group(1));
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void decisionsAreNumberedWithoutGaps() {
        List<Path> decisions = files.matching(name -> name.matches("docs/decisions/\\d{4}-.*\\.md"));
        for (int i = 0; i < decisions.size(); i++) {
            assertThat(String.valueOf(decisions.get(i).getFileName())).startsWith(String.format("%04d-", i + 1));
        }
        assertThat(decisions).isNotEmpty();
    }
}
