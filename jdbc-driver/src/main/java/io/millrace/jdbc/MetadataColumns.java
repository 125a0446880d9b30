package io.millrace.jdbc;

/** Answers about the database before they have rows: the columns that JDBC asks for. */
final class MetadataColumns {

    private MetadataColumns() {}

    static MetadataRows procedures() {
        return new MetadataRows(
                "PROCEDURE_CAT",
                "PROCEDURE_SCHEM",
                "PROCEDURE_NAME",
                "RESERVED1",
                "RESERVED2",
                "RESERVED3",
                "REMARKS",
                "PROCEDURE_TYPE:short",
                "SPECIFIC_NAME");
    }

    static MetadataRows procedureColumns() {
        return new MetadataRows(
                "PROCEDURE_CAT",
                "PROCEDURE_SCHEM",
                "PROCEDURE_NAME",
                "COLUMN_NAME",
                "COLUMN_TYPE:short",
                "DATA_TYPE:int",
                "TYPE_NAME",
                "PRECISION:int",
                "LENGTH:int",
                "SCALE:short",
                "RADIX:short",
                "NULLABLE:short",
                "REMARKS",
                "COLUMN_DEF",
                "SQL_DATA_TYPE:int",
                "SQL_DATETIME_SUB:int",
                "CHAR_OCTET_LENGTH:int",
                "ORDINAL_POSITION:int",
                "IS_NULLABLE",
                "SPECIFIC_NAME");
    }

    static MetadataRows functions() {
        return new MetadataRows(
                "FUNCTION_CAT", "FUNCTION_SCHEM", "FUNCTION_NAME", "REMARKS", "FUNCTION_TYPE:short", "SPECIFIC_NAME");
    }

    static MetadataRows functionColumns() {
        return new MetadataRows(
                "FUNCTION_CAT",
                "FUNCTION_SCHEM",
                "FUNCTION_NAME",
                "COLUMN_NAME",
                "COLUMN_TYPE:short",
                "DATA_TYPE:int",
                "TYPE_NAME",
                "PRECISION:int",
                "LENGTH:int",
                "SCALE:short",
                "RADIX:short",
                "NULLABLE:short",
                "REMARKS",
                "CHAR_OCTET_LENGTH:int",
                "ORDINAL_POSITION:int",
                "IS_NULLABLE",
                "SPECIFIC_NAME");
    }

    static MetadataRows columnPrivileges() {
        return new MetadataRows(
                "TABLE_CAT",
                "TABLE_SCHEM",
                "TABLE_NAME",
                "COLUMN_NAME",
                "GRANTOR",
                "GRANTEE",
                "PRIVILEGE",
                "IS_GRANTABLE");
    }

    static MetadataRows tablePrivileges() {
        return new MetadataRows(
                "TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "GRANTOR", "GRANTEE", "PRIVILEGE", "IS_GRANTABLE");
    }

    static MetadataRows rowIdentifiers() {
        return new MetadataRows(
                "SCOPE:short",
                "COLUMN_NAME",
                "DATA_TYPE:int",
                "TYPE_NAME",
                "COLUMN_SIZE:int",
                "BUFFER_LENGTH:int",
                "DECIMAL_DIGITS:short",
                "PSEUDO_COLUMN:short");
    }

    static MetadataRows primaryKeys() {
        return new MetadataRows("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "COLUMN_NAME", "KEY_SEQ:short", "PK_NAME");
    }

    static MetadataRows foreignKeys() {
        return new MetadataRows(
                "PKTABLE_CAT",
                "PKTABLE_SCHEM",
                "PKTABLE_NAME",
                "PKCOLUMN_NAME",
                "FKTABLE_CAT",
                "FKTABLE_SCHEM",
                "FKTABLE_NAME",
                "FKCOLUMN_NAME",
                "KEY_SEQ:short",
                "UPDATE_RULE:short",
                "DELETE_RULE:short",
                "FK_NAME",
                "PK_NAME",
                "DEFERRABILITY:short");
    }

    static MetadataRows indexes() {
        return new MetadataRows(
                "TABLE_CAT",
                "TABLE_SCHEM",
                "TABLE_NAME",
                "NON_UNIQUE:boolean",
                "INDEX_QUALIFIER",
                "INDEX_NAME",
                "TYPE:short",
                "ORDINAL_POSITION:short",
                "COLUMN_NAME",
                "ASC_OR_DESC",
                "CARDINALITY:long",
                "PAGES:long",
                "FILTER_CONDITION");
    }

    static MetadataRows userTypes() {
        return new MetadataRows(
                "TYPE_CAT", "TYPE_SCHEM", "TYPE_NAME", "CLASS_NAME", "DATA_TYPE:int", "REMARKS", "BASE_TYPE:short");
    }

    static MetadataRows superTypes() {
        return new MetadataRows(
                "TYPE_CAT", "TYPE_SCHEM", "TYPE_NAME", "SUPERTYPE_CAT", "SUPERTYPE_SCHEM", "SUPERTYPE_NAME");
    }

    static MetadataRows superTables() {
        return new MetadataRows("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "SUPERTABLE_NAME");
    }

    static MetadataRows attributes() {
        return new MetadataRows(
                "TYPE_CAT",
                "TYPE_SCHEM",
                "TYPE_NAME",
                "ATTR_NAME",
                "DATA_TYPE:int",
                "ATTR_TYPE_NAME",
                "ATTR_SIZE:int",
                "DECIMAL_DIGITS:int",
                "NUM_PREC_RADIX:int",
                "NULLABLE:int",
                "REMARKS",
                "ATTR_DEF",
                "SQL_DATA_TYPE:int",
                "SQL_DATETIME_SUB:int",
                "CHAR_OCTET_LENGTH:int",
                "ORDINAL_POSITION:int",
                "IS_NULLABLE",
                "SCOPE_CATALOG",
                "SCOPE_SCHEMA",
                "SCOPE_TABLE",
                "SOURCE_DATA_TYPE:short");
    }

    static MetadataRows pseudoColumns() {
        return new MetadataRows(
                "TABLE_CAT",
                "TABLE_SCHEM",
                "TABLE_NAME",
                "COLUMN_NAME",
                "DATA_TYPE:int",
                "COLUMN_SIZE:int",
                "DECIMAL_DIGITS:int",
                "NUM_PREC_RADIX:int",
                "COLUMN_USAGE",
                "REMARKS",
                "CHAR_OCTET_LENGTH:int",
                "IS_NULLABLE");
    }
}
