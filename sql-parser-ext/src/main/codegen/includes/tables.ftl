SqlCreate MillraceCreateTable(Span s, boolean replace) :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
    final List<SqlNode> elements = new ArrayList<SqlNode>();
    SqlNode element;
}
{
    <TABLE>
    ifNotExists = MillraceIfNotExists()
    name = CompoundIdentifier()
    <LPAREN>
    element = MillraceTableElement() { elements.add(element); }
    ( <COMMA> element = MillraceTableElement() { elements.add(element); } )*
    <RPAREN>
    {
        return new SqlCreateTable(s.end(this), replace, ifNotExists, name, new SqlNodeList(elements, s.pos()));
    }
}

/** CREATE EXTERNAL TABLE name [(columns, watermark)] FROM 'url' WITH (…). */
SqlCreate MillraceCreateExternalTable(Span s, boolean replace) :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
    final List<SqlNode> elements = new ArrayList<SqlNode>();
    SqlNode element;
    final SqlNode url;
    final SqlNodeList options;
}
{
    <EXTERNAL> <TABLE>
    ifNotExists = MillraceIfNotExists()
    name = CompoundIdentifier()
    [
        <LPAREN>
        element = MillraceExternalColumn() { elements.add(element); }
        ( <COMMA> element = MillraceExternalColumn() { elements.add(element); } )*
        <RPAREN>
    ]
    <FROM> url = StringLiteral()
    options = MillraceOptions()
    {
        return new SqlCreateExternalTable(s.end(this), replace, ifNotExists, name,
            SqlWatermark.without(elements, s.pos()), SqlWatermark.of(elements), url, options);
    }
}

/** A column, or WATERMARK FOR column AS bound. */
SqlNode MillraceExternalColumn() :
{
    final SqlNode element;
}
{
    LOOKAHEAD(2)
    element = MillraceWatermark() { return element; }
|
    element = MillraceFunctionParameter() { return element; }
}

/** A column, or PRIMARY KEY (column, …). */
SqlNode MillraceTableElement() :
{
    final Span s;
    final SqlIdentifier name;
    final SqlDataTypeSpec type;
    final SqlNodeList columns;
    boolean nullable = true;
    boolean key = false;
    SqlNode byDefault = null;
}
{
    LOOKAHEAD(2)
    <WATERMARK> <FOR> { if (true) { throw MillraceSyntax.watermarkOfTable(getPos()); } return null; }
|
    [ <CONSTRAINT> SimpleIdentifier() ]
    (
        <PRIMARY> { s = span(); } <KEY> columns = ParenthesizedSimpleIdentifierList()
        { return new SqlPrimaryKey(s.end(this), columns); }
    |
        MillraceOtherConstraint() { return null; }
    )
|
    name = SimpleIdentifier() { s = Span.of(name); }
    type = DataType()
    (
        <NULL>
    |
        <NOT> <NULL> { nullable = false; }
    |
        <DEFAULT_> byDefault = Expression(ExprContext.ACCEPT_NON_QUERY)
    |
        [ <CONSTRAINT> SimpleIdentifier() ]
        ( <PRIMARY> <KEY> { key = true; } | MillraceOtherConstraint() | <REFERENCES> MillraceNoConstraint() )
    )*
    { return new SqlTableColumn(s.end(this), name, type.withNullable(nullable), byDefault, key); }
}

void MillraceOtherConstraint() :
{}
{
    ( <UNIQUE> | <CHECK> | <FOREIGN> ) MillraceNoConstraint()
}

void MillraceNoConstraint() :
{}
{
    { if (true) { throw MillraceSyntax.notAConstraint(getPos(), token.image.toUpperCase(java.util.Locale.ROOT)); } }
}

/** INSERT … [ON CONFLICT …] [RETURNING …]. */
SqlNode MillraceInsert() :
{
    final SqlNode insert;
    final Span s;
    SqlNode conflict = null;
    SqlNodeList returning = null;
}
{
    insert = SqlInsert() { s = Span.of(insert); }
    [ conflict = MillraceOnConflict() ]
    [ returning = MillraceReturning() ]
    {
        return conflict == null && returning == null
            ? insert
            : new SqlWrite(s.end(this), insert, null, conflict, returning);
    }
}

SqlNode MillraceOnConflict() :
{
    final Span s;
    SqlNodeList key = null;
    final List<SqlNode> columns = new ArrayList<SqlNode>();
    final List<SqlNode> values = new ArrayList<SqlNode>();
    SqlNode where = null;
}
{
    <ON> { s = span(); } <CONFLICT>
    [ key = ParenthesizedSimpleIdentifierList() ]
    <DO>
    (
        <NOTHING> { return new SqlOnConflict(s.end(this), key, null, null, null); }
    |
        <UPDATE> <SET>
        MillraceAssignment(columns, values)
        ( <COMMA> MillraceAssignment(columns, values) )*
        [ where = Where() ]
        {
            return new SqlOnConflict(s.end(this), key,
                new SqlNodeList(columns, s.pos()), new SqlNodeList(values, s.pos()), where);
        }
    )
}

/** column = expression, or column = DEFAULT. */
void MillraceAssignment(List<SqlNode> columns, List<SqlNode> values) :
{
    final SqlIdentifier column;
    final SqlNode value;
}
{
    column = SimpleIdentifier()
    <EQ>
    (
        <DEFAULT_> { value = SqlStdOperatorTable.DEFAULT.createCall(getPos()); }
    |
        value = Expression(ExprContext.ACCEPT_SUB_QUERY)
    )
    { columns.add(column); values.add(value); }
}

SqlNodeList MillraceReturning() :
{
    final Span s;
    final List<SqlNode> items = new ArrayList<SqlNode>();
}
{
    <RETURNING> { s = span(); }
    AddSelectItem(items)
    ( <COMMA> AddSelectItem(items) )*
    { return new SqlNodeList(items, s.addAll(items).pos()); }
}

/** UPDATE table [AS alias] SET … [FROM …] [WHERE …] [RETURNING …]. */
SqlNode MillraceUpdate() :
{
    final Span s;
    final SqlIdentifier table;
    SqlIdentifier alias = null;
    final List<SqlNode> columns = new ArrayList<SqlNode>();
    final List<SqlNode> values = new ArrayList<SqlNode>();
    SqlNode from = null;
    SqlNode where = null;
    SqlNodeList returning = null;
}
{
    <UPDATE> { s = span(); }
    table = CompoundTableIdentifier()
    [ [ <AS> ] alias = SimpleIdentifier() ]
    <SET>
    MillraceAssignment(columns, values)
    ( <COMMA> MillraceAssignment(columns, values) )*
    [ <FROM> from = FromClause() ]
    [ where = Where() ]
    [ returning = MillraceReturning() ]
    {
        final SqlNode update = new SqlUpdate(s.end(this), table, new SqlNodeList(columns, s.pos()),
            new SqlNodeList(values, s.pos()), where, null, alias);
        return from == null && returning == null
            ? update
            : new SqlWrite(s.pos(), update, from, null, returning);
    }
}

/** DELETE FROM table [AS alias] [USING …] [WHERE …] [RETURNING …]. */
SqlNode MillraceDelete() :
{
    final Span s;
    final SqlIdentifier table;
    SqlIdentifier alias = null;
    SqlNode from = null;
    SqlNode where = null;
    SqlNodeList returning = null;
}
{
    <DELETE> { s = span(); }
    <FROM> table = CompoundTableIdentifier()
    [ [ <AS> ] alias = SimpleIdentifier() ]
    [ <USING> from = FromClause() ]
    [ where = Where() ]
    [ returning = MillraceReturning() ]
    {
        final SqlNode delete = new SqlDelete(s.end(this), table, where, null, alias);
        return from == null && returning == null
            ? delete
            : new SqlWrite(s.pos(), delete, from, null, returning);
    }
}

SqlNode MillraceTruncate() :
{
    final Span s;
    final SqlIdentifier table;
}
{
    <TRUNCATE> { s = span(); }
    [ <TABLE> ]
    table = CompoundIdentifier()
    { return new SqlTruncateTable(s.end(this), table); }
}

/** COPY stream [(columns)] FROM 'url' WITH (…): rows of files. */
SqlNode MillraceCopy() :
{
    final Span s;
    final SqlIdentifier target;
    SqlNodeList columns = SqlNodeList.EMPTY;
    final SqlNode url;
    final SqlNodeList options;
}
{
    <COPY> { s = span(); }
    target = CompoundIdentifier()
    [ columns = ParenthesizedSimpleIdentifierList() ]
    <FROM> url = StringLiteral()
    options = MillraceOptions()
    { return new SqlCopyFrom(s.end(this), target, columns, url, options); }
}

/** WITH ORDINALITY behind a function in FROM. */
SqlNode MillraceOrdinality(SqlNode rows) :
{}
{
    [
        LOOKAHEAD(2)
        <WITH> <ORDINALITY> { return MillraceClauses.withOrdinality(rows, getPos()); }
    ]
    { return rows; }
}
