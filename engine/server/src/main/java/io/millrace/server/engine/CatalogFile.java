package io.millrace.server.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.log.disk.DiskErrors;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.sql.statement.Statement.ObjectKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The catalog on disk: a JSON file with one object per thing created, in order of creation, for people to
 * read as well. It is replaced as a whole, so it is the old one or the new one after a crash.
 */
final class CatalogFile {

    private static final int VERSION = 1;

    private final Path file;
    private final ObjectMapper json =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    CatalogFile(Path file) {
        this.file = file;
    }

    List<CatalogEntry> read() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            JsonNode root = json.readTree(file.toFile());
            if (root.path("version").asInt() != VERSION) {
                throw new MillraceException(
                        ErrorCode.DATA_CORRUPTED,
                        "catalog " + file + " has version " + root.path("version") + ", this program reads " + VERSION);
            }
            List<CatalogEntry> entries = new ArrayList<>();
            root.path("objects").forEach(node -> entries.add(entry(node)));
            return entries;
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new MillraceException(
                    ErrorCode.DATA_CORRUPTED, "catalog " + file + " cannot be read: " + e.getMessage(), null, e);
        } catch (IOException e) {
            throw DiskErrors.of(e, "read", file);
        }
    }

    private static CatalogEntry entry(JsonNode node) {
        return new CatalogEntry(
                ObjectKind.valueOf(node.path("kind").asText()),
                node.path("name").asText(),
                node.path("sql").asText(),
                Instant.parse(node.path("created").asText()),
                node.path("running").asBoolean());
    }

    void write(List<CatalogEntry> entries) {
        ObjectNode root = json.createObjectNode().put("version", VERSION);
        ArrayNode objects = root.putArray("objects");
        for (CatalogEntry entry : entries) {
            objects.addObject()
                    .put("kind", entry.kind().name())
                    .put("name", entry.name())
                    .put("sql", entry.sql())
                    .put("created", entry.created().toString())
                    .put("running", entry.running());
        }
        try {
            replace(json.writeValueAsBytes(root));
        } catch (IOException e) {
            throw DiskErrors.of(e, "write", file);
        }
    }

    private void replace(byte[] content) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel out = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel directory = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
