package io.millrace.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.sf.jasperreports.engine.JRPrintText;
import net.sf.jasperreports.engine.JasperCompileManager;
import net.sf.jasperreports.engine.JasperFillManager;
import net.sf.jasperreports.engine.JasperPrint;
import net.sf.jasperreports.engine.JasperPrintManager;
import net.sf.jasperreports.engine.JasperReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JasperReports fills a report with a chart from a materialized view. */
@Timeout(120)
final class JasperReportsTest {

    static {
        System.setProperty("java.awt.headless", "true");
    }

    @RegisterExtension
    static final SampleServer SERVER = new SampleServer();

    private final ConnectPage.Section section = ConnectPage.section("JasperReports");

    @ParameterizedTest
    @ValueSource(strings = {"millrace", "postgresql"})
    void aReportHasTheViewsRows(String driver) throws Exception {
        JasperPrint report = fill("jdbc:" + driver + "://127.0.0.1:" + SERVER.port() + "/millrace?user=millrace");
        assertThat(texts(report)).contains("Turnover", "ACME", "1520.00", "INIT", "3130.00", "MILL", "1701.00");
    }

    @Test
    void theChartHasABarForEachRow() throws Exception {
        section.isRunBy(JasperReportsTest.class);
        Picture page = new Picture(image(fill(SERVER.url())));
        section.picture("jasperreports.png", page.png());
        assertThat(page.bars(JasperReportsTest::red)).isEqualTo(3);
    }

    private JasperPrint fill(String url) throws Exception {
        byte[] template = section.block("xml").getBytes(StandardCharsets.UTF_8);
        return fill(new ByteArrayInputStream(template), url);
    }

    private static JasperPrint fill(InputStream template, String url) throws Exception {
        try (Connection connection = DriverManager.getConnection(url)) {
            Map<String, Object> parameters = new HashMap<>(Map.of("REPORT_MAX_COUNT", 1000));
            JasperReport compiled = JasperCompileManager.compileReport(template);
            JasperPrint report = JasperFillManager.fillReport(compiled, parameters, connection);
            return report;
        }
    }

    private static BufferedImage image(JasperPrint report) throws Exception {
        return (BufferedImage) JasperPrintManager.printPageToImage(report, 0, 1);
    }

    private static List<String> texts(JasperPrint report) {
        List<String> texts = new ArrayList<>();
        report.getPages()
                .forEach(page -> page.getElements().forEach(element -> {
                    if (element instanceof JRPrintText text) {
                        texts.add(text.getFullText());
                    }
                }));
        return texts;
    }

    /** The colour of a chart's first series. */
    private static boolean red(int rgb) {
        return (rgb >> 16 & 0xff) > 180 && (rgb >> 8 & 0xff) < 110 && (rgb & 0xff) < 110;
    }
}
