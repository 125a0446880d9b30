package io.millrace.format.avro;

import io.millrace.format.avro.registry.KnownSchema;
import io.millrace.format.avro.registry.RegistrySettings;
import io.millrace.format.avro.registry.SchemaId;
import io.millrace.format.avro.registry.SchemaRegistry;
import io.millrace.spi.Options;
import io.millrace.spi.type.DataType.RowType;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a stream's or a delivery's options say of records in Avro.
 *
 * <pre>
 *   registry, registry_…   where schemas are; see {@link RegistrySettings}. None as a rule
 *   schema                 schema of what is written and read; made of the columns as a rule
 *   record_name            full name of the schema that is made, row as a rule
 *   subject                what the registry keeps versions of the schema under
 *   subject_naming         how it is named unless subject says so: topic (as a rule), record or topic_record
 *   auto_register          false: a schema that the registry does not have is not put there
 *   framing                without a registry, what stands before each datum: single_object (as a rule), confluent,
 *                          glue or none
 *   schema_id              the id that the schema has in such a header of confluent, a number, or glue, a UUID
 * </pre>
 *
 * @param registrySettings null where there is no registry
 * @param given the schema that {@code schema} gives, or null
 */
record AvroRecordSettings(
        Options options,
        @Nullable RegistrySettings registrySettings,
        @Nullable Schema given) {

    private static final String SCHEMA = "schema";
    private static final String RECORD_NAME = "record_name";
    private static final String SUBJECT = "subject";
    private static final String NAMING = "subject_naming";
    private static final String REGISTER = "auto_register";
    private static final String FRAMING = "framing";
    private static final String SCHEMA_ID = "schema_id";

    private static final List<String> NAMES =
            List.of(SCHEMA, RECORD_NAME, SUBJECT, NAMING, REGISTER, FRAMING, SCHEMA_ID);

    private static final List<String> OF_REGISTRIES = List.of(SUBJECT, NAMING, REGISTER);

    private static final Pattern FULL_NAME = Pattern.compile("[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)*");

    /** @throws io.millrace.spi.error.MillraceException {@code INVALID_ARGUMENT} */
    static AvroRecordSettings from(Options options) {
        options.refuseOthers(
                Stream.concat(NAMES.stream(), RegistrySettings.NAMES.stream()).toArray(String[]::new));
        RegistrySettings registry = options.has(RegistrySettings.URL) ? RegistrySettings.from(options) : null;
        AvroRecordSettings settings = new AvroRecordSettings(options, registry, given(options));
        settings.check();
        return settings;
    }

    private void check() {
        if (!FULL_NAME.matcher(recordName()).matches()) {
            throw Options.invalid(RECORD_NAME, recordName(), "a name such as com.example.Trade");
        }
        options.getBoolean(REGISTER, true);
        naming();
        Stream<String> useless = registrySettings == null
                ? Stream.concat(OF_REGISTRIES.stream(), RegistrySettings.NAMES.stream())
                : Stream.of(FRAMING, SCHEMA_ID);
        useless.filter(options::has).findFirst().ifPresent(name -> {
            String expected = registrySettings == null
                    ? "registry = 'http://…' too, which it is about"
                    : "nothing: records begin as the registry has it";
            throw Options.invalid(name, Options.isSecret(name) ? "…" : options.get(name, ""), expected);
        });
        if (given != null && options.has(RECORD_NAME)) {
            throw Options.invalid(RECORD_NAME, recordName(), "either this or schema, which has a name");
        }
    }

    private static @Nullable Schema given(Options options) {
        if (!options.has(SCHEMA)) {
            return null;
        }
        String text = options.get(SCHEMA, "");
        try {
            Schema schema = new Schema.Parser().parse(text);
            if (schema.getType() == Schema.Type.RECORD) {
                return schema;
            }
        } catch (AvroRuntimeException e) {
            throw Options.invalid(SCHEMA, text, "a schema of Avro: " + e.getMessage());
        }
        throw Options.invalid(SCHEMA, text, "a schema of records");
    }

    private String recordName() {
        return options.get(RECORD_NAME, "row");
    }

    private String naming() {
        String naming = options.get(NAMING, "topic");
        return switch (naming) {
            case "topic", "record", "topic_record" -> naming;
            default -> throw Options.invalid(NAMING, naming, "topic, record or topic_record");
        };
    }

    /** Returns the schema without a registry, with the id that its headers have. */
    private KnownSchema known(Schema schema) {
        String framing = options.get(FRAMING, "single_object");
        String id = options.get(SCHEMA_ID, "");
        boolean named = framing.equals("confluent") || framing.equals("glue");
        if (!named && options.has(SCHEMA_ID)) {
            throw Options.invalid(SCHEMA_ID, id, "framing = 'confluent' or 'glue' too, whose headers have ids");
        }
        return switch (framing) {
            case "single_object" -> KnownSchema.byFingerprint(schema);
            case "none" -> new KnownSchema(SchemaId.UNSAID, schema);
            case "confluent" -> new KnownSchema(SchemaId.ofNumber(number(id)), schema);
            case "glue" -> new KnownSchema(SchemaId.ofUuid(uuid(id)), schema);
            default -> throw Options.invalid(FRAMING, framing, "single_object, confluent, glue or none");
        };
    }

    private static int number(String id) {
        try {
            return Integer.parseInt(id);
        } catch (NumberFormatException e) {
            throw Options.invalid(SCHEMA_ID, id, "the number that the schema has in the registry");
        }
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw Options.invalid(SCHEMA_ID, id, "the UUID of the schema's version in Glue's registry");
        }
    }

    boolean registersSchemas() {
        return options.getBoolean(REGISTER, true);
    }

    /**
     * Returns what the registry keeps versions of the schema under.
     *
     * @param destination name of the topic or stream; empty where there is none
     */
    String subject(String destination, Schema schema) {
        if (registrySettings == null) {
            return "";
        }
        String naming = naming();
        if (!options.has(SUBJECT) && destination.isEmpty() && !naming.equals("record")) {
            throw Options.invalid(SUBJECT, "", "a name for the schema's versions, which have no topic's here");
        }
        String otherwise = switch (naming) {
            case "record" -> schema.getFullName();
            case "topic_record" -> destination + "-" + schema.getFullName();
            default -> destination + "-value";
        };
        return options.get(SUBJECT, otherwise);
    }

    /** Opens the registry, or what stands for it. */
    SchemaRegistry registry(RowType columns) {
        return registrySettings != null
                ? registrySettings.open()
                : known(given != null ? given : WriteSchema.of(columns, recordName()));
    }

    /** Returns the schema that says more of columns than their names do; null where none does. */
    @Nullable
    Schema readSchema(RowType columns) {
        if (given != null) {
            WritePlan.requireFields(given, columns);
        }
        return given;
    }

    WritePlan writePlan(RowType columns) {
        return given != null ? WritePlan.given(given, columns) : WritePlan.made(WriteSchema.of(columns, recordName()));
    }
}
