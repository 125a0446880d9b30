package io.millrace.server.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.log.disk.Disk;
import io.millrace.log.disk.ReadableFile;
import io.millrace.log.disk.WritableFile;
import io.millrace.server.engine.CatalogEntry.Change;
import io.millrace.spi.error.DiskErrors;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.sql.statement.Statement.ObjectKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The catalog on disk: a JSON file with one object per thing created, in order of creation, for people to
 * read as well. It is replaced as a whole, so it is the old one or the new one after a crash.
 */
final class CatalogFile {

    private static final int VERSION = 1;

    private final Path directory;
    private final Path file;
    private final Disk disk;
    private final ObjectMapper json =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Creates the catalog of a data directory. */
    CatalogFile(Path directory, Disk disk) {
        this.directory = directory;
        this.file = directory.resolve("catalog.json");
        this.disk = disk;
    }

    List<CatalogEntry> read() {
        try {
            if (!disk.exists(file)) {
                return List.of();
            }
            JsonNode root = json.readTree(content());
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

    private byte[] content() throws IOException {
        try (ReadableFile in = disk.openToRead(file)) {
            return in.readAll();
        }
    }

    private static CatalogEntry entry(JsonNode node) {
        return new CatalogEntry(
                ObjectKind.valueOf(node.path("kind").asText()),
                node.path("name").asText(),
                node.path("sql").asText(),
                Instant.parse(node.path("created").asText()),
                node.path("running").asBoolean(),
                node.has("change")
                        ? Change.valueOf(node.path("change").asText().toUpperCase(Locale.ROOT))
                        : Change.NONE);
    }

    void write(List<CatalogEntry> entries) {
        ObjectNode root = json.createObjectNode().put("version", VERSION);
        ArrayNode objects = root.putArray("objects");
        for (CatalogEntry entry : entries) {
            ObjectNode object = objects.addObject()
                    .put("kind", entry.kind().name())
                    .put("name", entry.name())
                    .put("sql", entry.sql())
                    .put("created", entry.created().toString())
                    .put("running", entry.running());
            if (entry.change() != Change.NONE) {
                object.put("change", entry.change().name().toLowerCase(Locale.ROOT));
            }
        }
        try {
            replace(json.writeValueAsBytes(root));
        } catch (IOException e) {
            throw DiskErrors.of(e, "write", file);
        }
    }

    private void replace(byte[] content) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (WritableFile out = disk.openToWrite(fresh)) {
            // Options of deliveries may be passwords.
            disk.keepPrivate(fresh);
            out.truncate(0);
            out.writeFully(ByteBuffer.wrap(content), 0);
            out.force();
        }
        disk.move(fresh, file);
        disk.forceDirectory(directory);
    }
}
