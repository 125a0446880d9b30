package io.millrace.jdbc.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One session with a server. One query runs at a time; its rows are read one by one as they come off the link.
 * For one thread at a time, but for {@link #cancel} and {@link #abort}.
 *
 * <p>Every call fails with {@link IOException} where the link is lost; the session is of no use then.
 */
public final class WireSession {

    private static final int PROTOCOL = 3 << 16;
    private static final int CANCEL = (1234 << 16) | 5678;

    /** What a server that knows more than PostgreSQL's own formats says in its start-up parameters. */
    private static final String EXTENSIONS = "millrace_extensions";

    /** What a server says before the rows that are to be counted from a point where the answer can be gone on from. */
    private static final String RESUME_POINT = "resume_point";

    /** What a server says before a description of columns whose types it has no numbers for. */
    private static final String COLUMN_TYPE = "column_type";

    /** The format of results in which what has a fixed width comes in binary and all else as text. */
    private static final int FIXED_WIDTH_BINARY = 2;

    private final LinkFactory links;
    private final Link link;
    private final MessageReader reader;
    private final MessageWriter writer;
    private final List<ServerFailure> notices = new ArrayList<>();
    private final RowBlock rows = new RowBlock();
    /** What was said of the columns that are described next, by their places. */
    private final Map<Integer, String> shapes = new HashMap<>();

    private final boolean binary;
    /** Whether the server knows {@link #FIXED_WIDTH_BINARY}. */
    private boolean knowsFixedWidth;

    private int processId;
    private int secret;
    private boolean busy;
    /** What the statements did whose answers are read. */
    private final List<String> commandTags = new ArrayList<>();
    /** Where the answer can be gone on from, since that was last asked. */
    private @Nullable String resumePoint;

    private WireSession(LinkFactory links, Link link, boolean binary) throws IOException {
        this.links = links;
        this.binary = binary;
        this.link = link;
        this.reader = new MessageReader(link.in());
        this.writer = new MessageWriter(link.out());
    }

    /**
     * Opens a session.
     *
     * @param parameters start-up parameters: {@code user}, {@code database}, {@code application_name}
     * @param binary whether numbers and times are to come in binary where the server can send them so
     * @param timeoutMillis how long it may take, 0 for ever
     */
    public static WireSession open(
            LinkFactory links, Map<String, String> parameters, String password, boolean binary, int timeoutMillis)
            throws IOException, ServerException {
        Link link = links.open(timeoutMillis);
        try {
            link.readTimeout(timeoutMillis);
            WireSession session = new WireSession(links, link, binary);
            session.startUp(parameters, password);
            link.readTimeout(0);
            return session;
        } catch (IOException | ServerException | RuntimeException e) {
            link.close();
            throw e;
        }
    }

    private void startUp(Map<String, String> parameters, String password) throws IOException, ServerException {
        writer.startUntyped().int32(PROTOCOL);
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            writer.text(parameter.getKey()).text(parameter.getValue());
        }
        writer.byteValue(0).end().flush();
        Scram scram = new Scram(password);
        while (true) {
            switch (reader.next()) {
                case 'R':
                    authenticate(scram);
                    break;
                case 'K':
                    processId = reader.int32();
                    secret = reader.int32();
                    break;
                case 'S':
                    setting(reader.text(), reader.text());
                    break;
                case 'E':
                    throw new ServerException(ServerFailure.read(reader));
                case 'Z':
                    return;
                default:
                    break;
            }
        }
    }

    private void setting(String name, String value) {
        if (name.equals(EXTENSIONS)) {
            knowsFixedWidth = List.of(value.split(",")).contains("fixed_width");
        } else if (name.equals(RESUME_POINT)) {
            resumePoint = value;
        } else if (name.equals(COLUMN_TYPE)) {
            int space = value.indexOf(' ');
            shapes.put(Integer.valueOf(value.substring(0, space)), value.substring(space + 1));
        }
    }

    private void authenticate(Scram scram) throws IOException {
        int request = reader.int32();
        switch (request) {
            case 0:
                return;
            case 10:
                byte[] first = scram.clientFirst();
                writer.start('p')
                        .text(Scram.MECHANISM)
                        .int32(first.length)
                        .bytes(first)
                        .end()
                        .flush();
                return;
            case 11:
                writer.start('p')
                        .bytes(scram.clientFinal(reader.bytes(reader.remaining())))
                        .end()
                        .flush();
                return;
            case 12:
                scram.verify(reader.bytes(reader.remaining()));
                return;
            default:
                throw new IOException("the server asks for an authentication (" + request + ") that is not supported");
        }
    }

    /**
     * Sends a statement. {@link #described} tells what its answer looks like.
     *
     * @param rowsMax most rows wanted, 0 for all
     */
    public void send(Command command, int rowsMax) throws IOException {
        begin();
        parse(command.sql(), command.typeOids());
        bind(command.parameters());
        writer.start('D').byteValue('P').text("").end();
        // The description is wanted now, even where the first row takes its time.
        writer.start('H').end();
        writer.start('E').text("").int32(rowsMax).end();
        writer.start('S').end().flush();
    }

    /**
     * Sends statements that answer without rows, without waiting in between. At the end of the answer {@link
     * #commandTags} tells what each did; the first that fails is the last that runs.
     */
    public void sendTogether(List<Command> commands) throws IOException {
        begin();
        Command parsed = null;
        for (Command command : commands) {
            if (parsed == null
                    || !parsed.sql().equals(command.sql())
                    || !Arrays.equals(parsed.typeOids(), command.typeOids())) {
                parse(command.sql(), command.typeOids());
                parsed = command;
            }
            bind(command.parameters());
            // Should there be rows, one is enough to find out.
            writer.start('E').text("").int32(1).end();
        }
        writer.start('S').end().flush();
    }

    private void begin() {
        busy = true;
        commandTags.clear();
        resumePoint = null;
        notices.clear();
        shapes.clear();
    }

    private void parse(String sql, int[] typeOids) {
        writer.start('P').text("").text(sql).int16(typeOids.length);
        for (int oid : typeOids) {
            writer.int32(oid);
        }
        writer.end();
    }

    private void bind(List<@Nullable String> parameters) {
        writer.start('B').text("").text("").int16(0).int16(parameters.size());
        for (String parameter : parameters) {
            if (parameter == null) {
                writer.int32(-1);
            } else {
                byte[] utf8 = parameter.getBytes(java.nio.charset.StandardCharsets.UTF_8);
                writer.int32(utf8.length).bytes(utf8);
            }
        }
        if (binary && knowsFixedWidth) {
            writer.int16(1).int16(FIXED_WIDTH_BINARY).end();
        } else {
            writer.int16(0).end();
        }
    }

    /**
     * Waits until it is known what the answer looks like, which is before any row has come.
     *
     * @return the columns, or null where the statement answers with none
     */
    public @Nullable List<ColumnInfo> described() throws IOException, ServerException {
        while (true) {
            switch (reader.next()) {
                case 'T':
                    return columns();
                case 'n':
                    return null;
                case 'E':
                    throw failed();
                case 'S':
                    setting(reader.text(), reader.text());
                    break;
                case 'N':
                    notices.add(ServerFailure.read(reader));
                    break;
                default:
                    break;
            }
        }
    }

    /**
     * Returns the columns a statement would answer with and its parameters' types, without running it.
     */
    public Description describe(String sql, int[] typeOids) throws IOException, ServerException {
        begin();
        parse(sql, typeOids);
        writer.start('D').byteValue('S').text("").end();
        writer.start('S').end().flush();
        int[] parameters = new int[0];
        List<ColumnInfo> columns = null;
        while (true) {
            switch (reader.next()) {
                case 't':
                    parameters = new int[reader.int16()];
                    for (int i = 0; i < parameters.length; i++) {
                        parameters[i] = reader.int32();
                    }
                    break;
                case 'T':
                    columns = columns();
                    break;
                case 'E':
                    throw failed();
                case 'S':
                    setting(reader.text(), reader.text());
                    break;
                case 'Z':
                    busy = false;
                    return new Description(parameters, columns);
                case 'N':
                    notices.add(ServerFailure.read(reader));
                    break;
                default:
                    break;
            }
        }
    }

    /** What a statement takes and answers with. */
    public static final class Description {
        private final int[] parameterOids;
        private final @Nullable List<ColumnInfo> columns;

        Description(int[] parameterOids, @Nullable List<ColumnInfo> columns) {
            this.parameterOids = parameterOids;
            this.columns = columns;
        }

        public int[] parameterOids() {
            return parameterOids.clone();
        }

        public @Nullable List<ColumnInfo> columns() {
            return columns;
        }
    }

    private List<ColumnInfo> columns() {
        int count = reader.int16();
        List<ColumnInfo> columns = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String label = reader.text();
            reader.int32();
            reader.int16();
            int oid = reader.int32();
            reader.int16();
            int modifier = reader.int32();
            columns.add(new ColumnInfo(label, oid, modifier, reader.int16() != 0, shapes.get(i)));
        }
        shapes.clear();
        return Collections.unmodifiableList(columns);
    }

    /**
     * Takes one message of the answer, and where it is a row the rows that have come behind it; waits for it. The rows
     * are valid until the next call. At the end of the answer, when the session is no longer {@link #busy}, {@link
     * #commandTag} tells what was done.
     *
     * @return the rows, before the first of them, or null where it was another message
     */
    public @Nullable RowBlock step() throws IOException, ServerException {
        reader.returned();
        switch (reader.next()) {
            case 'D':
                reader.rows(rows);
                return rows;
            case 'S':
                setting(reader.text(), reader.text());
                break;
            case 'C':
                commandTags.add(reader.text());
                break;
            case 'I':
            case 's':
                commandTags.add("");
                break;
            case 'E':
                throw failed();
            case 'N':
                notices.add(ServerFailure.read(reader));
                break;
            case 'Z':
                busy = false;
                break;
            default:
                break;
        }
        return null;
    }

    /**
     * Waits until the server says something, be it only a sign of life.
     *
     * @param millis how long to wait; must be above 0
     * @param otherwiseMillis how long reads may wait afterwards, 0 for ever
     * @return false where it said nothing in time
     */
    public boolean await(int millis, int otherwiseMillis) throws IOException {
        link.readTimeout(millis);
        try {
            return reader.await();
        } finally {
            link.readTimeout(otherwiseMillis);
        }
    }

    /** Takes one message of the running answer and drops it; waits for it. An answer is at its end when not {@link #busy}. */
    public void discard() throws IOException {
        if (reader.next() == 'Z') {
            busy = false;
        }
    }

    private ServerException failed() {
        ServerException failure = new ServerException(ServerFailure.read(reader));
        try {
            char type = reader.next();
            while (type != 'Z') {
                // What was sent behind the failed message is passed over by the server as well.
                type = reader.next();
            }
            busy = false;
        } catch (IOException e) {
            // The server's last words: they say more than that the link is gone. The session stays busy for ever.
            link.close();
        }
        return failure;
    }

    /** Returns whether an answer is not read to its end; true behind a failure means that the session is lost. */
    public boolean busy() {
        return busy;
    }

    /** Returns where the answer can be gone on from if that has changed since the last call, or null. */
    public @Nullable String takeResumePoint() {
        String point = resumePoint;
        resumePoint = null;
        return point;
    }

    /** Returns what the last statement did, in the server's words. */
    public String commandTag() {
        return commandTags.isEmpty() ? "" : commandTags.get(commandTags.size() - 1);
    }

    /** Returns what each statement did that came to its end, in the server's words. */
    public List<String> commandTags() {
        return List.copyOf(commandTags);
    }

    /** Returns the warnings that came since the last call, or since the statement was sent. */
    public List<ServerFailure> takeNotices() {
        if (notices.isEmpty()) {
            return List.of();
        }
        List<ServerFailure> taken = List.copyOf(notices);
        notices.clear();
        return taken;
    }

    /** Runs a statement whose answer does not matter. */
    public void run(String sql) throws IOException, ServerException {
        send(new Command(sql, List.of(), new int[0]), 0);
        described();
        while (busy) {
            step();
        }
    }

    /** Sets how long a read may wait, in milliseconds; 0 for ever. */
    public void readTimeout(int millis) throws IOException {
        link.readTimeout(millis);
    }

    /** Has the server end the running statement, from any thread. It fails with SQLSTATE 57014. */
    public void cancel() throws IOException {
        Link request = links.open(10_000);
        try {
            new MessageWriter(request.out())
                    .startUntyped()
                    .int32(CANCEL)
                    .int32(processId)
                    .int32(secret)
                    .end()
                    .flush();
            // The server closes the link once it has acted.
            request.readTimeout(10_000);
            request.in().read();
        } finally {
            request.close();
        }
    }

    /** Ends the session politely. */
    public void close() {
        try {
            if (!busy) {
                writer.start('X').end().flush();
            }
        } catch (IOException e) {
            // The link is gone already.
        } finally {
            link.close();
        }
    }

    /** Ends the session at once, from any thread. */
    public void abort() {
        link.close();
    }
}
