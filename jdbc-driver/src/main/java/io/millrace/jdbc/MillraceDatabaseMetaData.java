package io.millrace.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the server is and has. Every question has an answer, if an empty one. As thread-safe as its connection. */
final class MillraceDatabaseMetaData extends Capabilities {

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    private final MillraceConnection connection;
    private final Relations relations;
    private final Indexes indexes;
    private final Routines routines;
    private @Nullable String version;

    MillraceDatabaseMetaData(MillraceConnection connection) {
        this.connection = connection;
        this.relations = new Relations(connection);
        this.indexes = new Indexes(connection.url().database(), relations);
        this.routines = new Routines(connection.url().database(), relations);
    }

    @Override
    public Connection getConnection() {
        return connection.shown();
    }

    @Override
    public String getURL() {
        return connection.url().url();
    }

    @Override
    public String getUserName() {
        return connection.url().text(DriverProperty.USER);
    }

    @Override
    public boolean isReadOnly() throws SQLException {
        return connection.isReadOnly();
    }

    @Override
    public String getDatabaseProductName() throws SQLException {
        return getDatabaseProductVersion().contains("Millrace") ? "Millrace" : "PostgreSQL";
    }

    @Override
    public String getDatabaseProductVersion() throws SQLException {
        String known = version;
        if (known == null) {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SHOW server_version")) {
                known = row.next() ? String.valueOf(row.getString(1)) : "";
            }
            version = known;
        }
        return known;
    }

    @Override
    public int getDatabaseMajorVersion() throws SQLException {
        return versionPart(0);
    }

    @Override
    public int getDatabaseMinorVersion() throws SQLException {
        return versionPart(1);
    }

    /** The server's own version is in brackets behind PostgreSQL's: {@code 15.0 (Millrace 0.1.0)}. */
    private int versionPart(int index) throws SQLException {
        String text = getDatabaseProductVersion();
        String own = text.contains("Millrace ") ? text.substring(text.indexOf("Millrace ") + 9) : text;
        Matcher number = NUMBER.matcher(own);
        for (int i = 0; i <= index; i++) {
            if (!number.find()) {
                return 0;
            }
        }
        return Integer.parseInt(number.group());
    }

    private boolean foreign(@Nullable String catalog) {
        return catalog != null
                && !catalog.isEmpty()
                && !catalog.equalsIgnoreCase(connection.url().database());
    }

    @Override
    public ResultSet getCatalogs() {
        MetadataRows rows = new MetadataRows("TABLE_CAT");
        rows.add(connection.url().database());
        return rows.answer();
    }

    @Override
    public ResultSet getSchemas() throws SQLException {
        return getSchemas(null, null);
    }

    @Override
    public ResultSet getSchemas(@Nullable String catalog, @Nullable String schemaPattern) throws SQLException {
        MetadataRows rows = new MetadataRows("TABLE_SCHEM", "TABLE_CATALOG");
        NamePattern pattern = new NamePattern(schemaPattern);
        if (!foreign(catalog)) {
            for (String schema : relations.schemas().values()) {
                if (pattern.matches(schema) && !schema.startsWith("pg_toast") && !schema.startsWith("pg_temp")) {
                    rows.add(schema, connection.url().database());
                }
            }
        }
        return rows.sortedBy(0).answer();
    }

    @Override
    public ResultSet getTableTypes() {
        MetadataRows rows = new MetadataRows("TABLE_TYPE");
        rows.add("TABLE");
        rows.add("VIEW");
        return rows.answer();
    }

    @Override
    public ResultSet getTables(
            @Nullable String catalog,
            @Nullable String schemaPattern,
            @Nullable String namePattern,
            String @Nullable [] types)
            throws SQLException {
        MetadataRows rows = new MetadataRows(
                "TABLE_CAT",
                "TABLE_SCHEM",
                "TABLE_NAME",
                "TABLE_TYPE",
                "REMARKS",
                "TYPE_CAT",
                "TYPE_SCHEM",
                "TYPE_NAME",
                "SELF_REFERENCING_COL_NAME",
                "REF_GENERATION");
        List<String> wanted = types == null ? List.of("TABLE", "VIEW") : Arrays.asList(types);
        if (!foreign(catalog)) {
            for (Relations.Relation relation :
                    relations.find(schemaPattern, namePattern).values()) {
                if (wanted.contains(relation.type)) {
                    rows.add(
                            connection.url().database(),
                            relation.schema,
                            relation.name,
                            relation.type,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null);
                }
            }
        }
        return rows.sortedBy(3, 0, 1, 2).answer();
    }

    @Override
    public ResultSet getColumns(
            @Nullable String catalog,
            @Nullable String schemaPattern,
            @Nullable String tablePattern,
            @Nullable String columnPattern)
            throws SQLException {
        MetadataRows rows = new MetadataRows(
                "TABLE_CAT",
                "TABLE_SCHEM",
                "TABLE_NAME",
                "COLUMN_NAME",
                "DATA_TYPE:int",
                "TYPE_NAME",
                "COLUMN_SIZE:int",
                "BUFFER_LENGTH:int",
                "DECIMAL_DIGITS:int",
                "NUM_PREC_RADIX:int",
                "NULLABLE:int",
                "REMARKS",
                "COLUMN_DEF",
                "SQL_DATA_TYPE:int",
                "SQL_DATETIME_SUB:int",
                "CHAR_OCTET_LENGTH:int",
                "ORDINAL_POSITION:int",
                "IS_NULLABLE",
                "SCOPE_CATALOG",
                "SCOPE_SCHEMA",
                "SCOPE_TABLE",
                "SOURCE_DATA_TYPE:short",
                "IS_AUTOINCREMENT",
                "IS_GENERATEDCOLUMN");
        if (!foreign(catalog)) {
            for (Relations.Column column :
                    relations.columns(relations.find(schemaPattern, tablePattern), columnPattern)) {
                add(rows, column);
            }
        }
        return rows.answer();
    }

    private void add(MetadataRows rows, Relations.Column column) {
        int oid = column.typeOid;
        SqlType type = SqlType.isArray(oid) ? SqlType.OTHER : SqlType.of(oid);
        int size = type.precision(column.modifier);
        rows.add(
                connection.url().database(),
                column.relation.schema,
                column.relation.name,
                column.name,
                SqlType.jdbcType(oid),
                SqlType.name(oid),
                size,
                null,
                type.scale(column.modifier),
                10,
                column.notNull ? columnNoNulls : columnNullable,
                null,
                null,
                null,
                null,
                type.text() ? size : null,
                column.position,
                column.notNull ? "NO" : "YES",
                null,
                null,
                null,
                null,
                "NO",
                "NO");
    }

    @Override
    public ResultSet getTypeInfo() {
        MetadataRows rows = new MetadataRows(
                "TYPE_NAME",
                "DATA_TYPE:int",
                "PRECISION:int",
                "LITERAL_PREFIX",
                "LITERAL_SUFFIX",
                "CREATE_PARAMS",
                "NULLABLE:short",
                "CASE_SENSITIVE:boolean",
                "SEARCHABLE:short",
                "UNSIGNED_ATTRIBUTE:boolean",
                "FIXED_PREC_SCALE:boolean",
                "AUTO_INCREMENT:boolean",
                "LOCAL_TYPE_NAME",
                "MINIMUM_SCALE:short",
                "MAXIMUM_SCALE:short",
                "SQL_DATA_TYPE:int",
                "SQL_DATETIME_SUB:int",
                "NUM_PREC_RADIX:int");
        Arrays.stream(SqlType.values())
                .filter(SqlType::declarable)
                .sorted(java.util.Comparator.comparingInt(type -> type.jdbcType))
                .forEach(type -> add(rows, type));
        return rows.answer();
    }

    private static void add(MetadataRows rows, SqlType type) {
        boolean number = type.signed();
        boolean exact = type == SqlType.DECIMAL;
        String prefix = number || type == SqlType.BOOLEAN ? null : prefix(type);
        rows.add(
                type.sqlName,
                type.jdbcType,
                exact ? 38 : type.precision(-1),
                prefix,
                prefix == null ? null : "'",
                exact ? "precision,scale" : type == SqlType.VARCHAR || type == SqlType.CHAR ? "length" : null,
                typeNullable,
                type.text(),
                typeSearchable,
                !number,
                false,
                false,
                type.sqlName,
                0,
                exact ? 38 : type.scale(-1),
                null,
                null,
                10);
    }

    private static String prefix(SqlType type) {
        switch (type.jdbcType) {
            case Types.DATE:
            case Types.TIME:
            case Types.TIMESTAMP:
                return type.sqlName.toUpperCase(Locale.ROOT) + " '";
            case Types.VARBINARY:
                return "X'";
            default:
                return "'";
        }
    }

    @Override
    public ResultSet getClientInfoProperties() {
        MetadataRows rows = new MetadataRows("NAME", "MAX_LEN:int", "DEFAULT_VALUE", "DESCRIPTION");
        rows.add(
                "ApplicationName",
                63,
                connection.url().text(DriverProperty.APPLICATION_NAME),
                "Name of the program, for the server's list of sessions");
        return rows.answer();
    }

    @Override
    public ResultSet getProcedures(@Nullable String catalog, @Nullable String schema, @Nullable String name)
            throws SQLException {
        MetadataRows rows = MetadataColumns.procedures();
        if (!foreign(catalog)) {
            routines.procedures(rows, schema, name);
        }
        return rows.answer();
    }

    @Override
    public ResultSet getProcedureColumns(
            @Nullable String catalog, @Nullable String schema, @Nullable String name, @Nullable String column)
            throws SQLException {
        MetadataRows rows = MetadataColumns.procedureColumns();
        if (!foreign(catalog)) {
            routines.procedureColumns(rows, schema, name, column);
        }
        return rows.answer();
    }

    @Override
    public ResultSet getFunctions(@Nullable String catalog, @Nullable String schema, @Nullable String name)
            throws SQLException {
        MetadataRows rows = MetadataColumns.functions();
        if (!foreign(catalog)) {
            routines.functions(rows, schema, name);
        }
        return rows.answer();
    }

    @Override
    public ResultSet getFunctionColumns(
            @Nullable String catalog, @Nullable String schema, @Nullable String name, @Nullable String column)
            throws SQLException {
        MetadataRows rows = MetadataColumns.functionColumns();
        if (!foreign(catalog)) {
            routines.functionColumns(rows, schema, name, column);
        }
        return rows.answer();
    }

    @Override
    public ResultSet getColumnPrivileges(
            @Nullable String catalog, @Nullable String schema, @Nullable String table, @Nullable String column) {
        return MetadataColumns.columnPrivileges().answer();
    }

    @Override
    public ResultSet getTablePrivileges(@Nullable String catalog, @Nullable String schema, @Nullable String table) {
        return MetadataColumns.tablePrivileges().answer();
    }

    @Override
    public ResultSet getBestRowIdentifier(
            @Nullable String catalog, @Nullable String schema, @Nullable String table, int scope, boolean nullable)
            throws SQLException {
        MetadataRows rows = MetadataColumns.rowIdentifiers();
        if (!foreign(catalog)) {
            indexes.rowIdentifier(rows, schema, table);
        }
        return rows.answer();
    }

    @Override
    public ResultSet getVersionColumns(@Nullable String catalog, @Nullable String schema, @Nullable String table) {
        return MetadataColumns.rowIdentifiers().answer();
    }

    @Override
    public ResultSet getPrimaryKeys(@Nullable String catalog, @Nullable String schema, @Nullable String table)
            throws SQLException {
        MetadataRows rows = MetadataColumns.primaryKeys();
        if (!foreign(catalog)) {
            indexes.primaryKeys(rows, schema, table);
        }
        return rows.answer();
    }

    @Override
    public ResultSet getImportedKeys(@Nullable String catalog, @Nullable String schema, @Nullable String table) {
        return MetadataColumns.foreignKeys().answer();
    }

    @Override
    public ResultSet getExportedKeys(@Nullable String catalog, @Nullable String schema, @Nullable String table) {
        return MetadataColumns.foreignKeys().answer();
    }

    @Override
    public ResultSet getCrossReference(
            @Nullable String parentCatalog,
            @Nullable String parentSchema,
            @Nullable String parentTable,
            @Nullable String catalog,
            @Nullable String schema,
            @Nullable String table) {
        return MetadataColumns.foreignKeys().answer();
    }

    @Override
    public ResultSet getIndexInfo(
            @Nullable String catalog,
            @Nullable String schema,
            @Nullable String table,
            boolean unique,
            boolean approximate)
            throws SQLException {
        MetadataRows rows = MetadataColumns.indexes();
        if (!foreign(catalog)) {
            indexes.indexes(rows, schema, table, unique);
        }
        return rows.answer();
    }

    @Override
    public ResultSet getUDTs(
            @Nullable String catalog, @Nullable String schema, @Nullable String name, int @Nullable [] types) {
        return MetadataColumns.userTypes().answer();
    }

    @Override
    public ResultSet getSuperTypes(@Nullable String catalog, @Nullable String schema, @Nullable String name) {
        return MetadataColumns.superTypes().answer();
    }

    @Override
    public ResultSet getSuperTables(@Nullable String catalog, @Nullable String schema, @Nullable String name) {
        return MetadataColumns.superTables().answer();
    }

    @Override
    public ResultSet getAttributes(
            @Nullable String catalog, @Nullable String schema, @Nullable String type, @Nullable String attribute) {
        return MetadataColumns.attributes().answer();
    }

    @Override
    public ResultSet getPseudoColumns(
            @Nullable String catalog, @Nullable String schema, @Nullable String table, @Nullable String column) {
        return MetadataColumns.pseudoColumns().answer();
    }
}
