package io.millrace.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** LibreOffice without a window: Base connects with our driver, and Calc fills a sheet. */
@Tag("slow")
@Timeout(1200)
final class LibreOfficeTest {

    private static final String PYTHON = "/usr/bin/python3";

    @RegisterExtension
    static final SampleServer SERVER = new SampleServer();

    @TempDir
    private Path directory;

    private final ConnectPage.Section section = ConnectPage.section("LibreOffice");

    @Test
    void baseConnectsAndASheetHasTheViewsRowsAndAChart() throws Exception {
        Program.of(
                        "sh",
                        "-c",
                        "dpkg -s libreoffice-base libreoffice-calc libreoffice-java-common && " + PYTHON
                                + " -c 'import uno' && pdftoppm -v")
                .require(
                        "LibreOffice",
                        Program.debian(
                                "libreoffice-base",
                                "libreoffice-calc",
                                "libreoffice-java-common",
                                "python3-uno",
                                "poppler-utils"));
        section.shows(fill());
        assertThat(directory.resolve("millrace.odb")).isNotEmptyFile();
        assertThat(directory.resolve("turnover.ods")).isNotEmptyFile();
        Picture picture = picture();
        section.picture("libreoffice.png", picture.png());
        assertThat(picture.bars(LibreOfficeTest::blue)).isEqualTo(3);
    }

    private String fill() throws Exception {
        String script = section.block("python")
                .replace(ConnectPage.PORT, String.valueOf(SERVER.port()))
                .replace("[\"soffice\"", "[\"timeout\", \"300\", \"soffice\"");
        Path file = Files.writeString(directory.resolve("sheet.py"), script);
        return Program.of(PYTHON, file.toString(), DriverJar.in(directory).toString(), directory.toString())
                .within(300)
                .run();
    }

    private Picture picture() throws Exception {
        Path page = directory.resolve("turnover");
        Program.of("pdftoppm", "-png", "-r", "72", "-singlefile", page + ".pdf", page.toString())
                .run();
        return Picture.of(Files.readAllBytes(directory.resolve("turnover.png")));
    }

    /** The colour of a chart's first series. */
    private static boolean blue(int rgb) {
        return (rgb >> 16 & 0xff) < 40 && (rgb >> 8 & 0xff) < 110 && (rgb & 0xff) > 100;
    }
}
