import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Spark on this machine, told what to do by lines with tabs: {@code read FORMAT PATH ORDER OUT}, {@code copy FORMAT PATH
 * TO_FORMAT CODEC TO_PATH}, {@code sql QUERY OUT}, {@code set NAME VALUE}. What it reads it writes into OUT, a row a line, values in the form that
 * {@code ValueText} of the tests gives them. Settings are arguments, as {@code name=value}.
 */
public final class SparkFiles {

    public static void main(String[] settings) throws Exception {
        SparkSession.Builder builder = SparkSession.builder().master("local[1]").appName("files");
        for (String setting : settings) {
            int at = setting.indexOf('=');
            builder.config(setting.substring(0, at), setting.substring(at + 1));
        }
        SparkSession spark = builder.getOrCreate();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split("\t", -1);
            switch (words[0]) {
                case "read" ->
                    write(spark.read().format(words[1]).load(words[2]).orderBy(words[3]), words[4]);
                case "copy" ->
                    spark.read()
                            .format(words[1])
                            .load(words[2])
                            .coalesce(1)
                            .write()
                            .option("compression", words[4])
                            .format(words[3])
                            .save(words[5]);
                case "set" -> spark.conf().set(words[1], words[2]);
                case "sql" -> write(spark.sql(words[1]), words[2]);
                default -> throw new IllegalArgumentException(line);
            }
        }
        spark.stop();
    }

    private static void write(Dataset<Row> rows, String out) throws Exception {
        List<String> lines = new ArrayList<>();
        for (Row row : rows.collectAsList()) {
            lines.add(text(row));
        }
        Files.write(Path.of(out), lines);
    }

    private static String text(Object value) {
        if (value instanceof Row row) {
            List<String> fields = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                fields.add(text(row.get(i)));
            }
            return fields.toString();
        }
        if (value instanceof scala.collection.Seq<?> values) {
            List<String> elements = new ArrayList<>();
            CollectionConverters.asJava(values).forEach(element -> elements.add(text(element)));
            return elements.toString();
        }
        if (value instanceof scala.collection.Map<?, ?> map) {
            List<String> entries = new ArrayList<>();
            for (Map.Entry<?, ?> entry : CollectionConverters.asJava(map).entrySet()) {
                entries.add(text(entry.getKey()) + "=" + text(entry.getValue()));
            }
            entries.sort(null);
            return entries.toString();
        }
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof Double number) {
            return "d" + Long.toHexString(Double.doubleToLongBits(number));
        }
        if (value instanceof Float number) {
            return "f" + Integer.toHexString(Float.floatToIntBits(number));
        }
        if (value instanceof String text) {
            return '"' + text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r") + '"';
        }
        return String.valueOf(value);
    }
}
