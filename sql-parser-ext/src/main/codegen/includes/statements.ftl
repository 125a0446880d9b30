/** STREAM, TABLE, EXTERNAL TABLE, PUMP, MATERIALIZED VIEW, VIEW, DELIVERY, FUNCTION. */
ObjectKind MillraceObjectKind() :
{}
{
    <STREAM> { return ObjectKind.STREAM; }
|   <TABLE> { return ObjectKind.TABLE; }
|   <EXTERNAL> <TABLE> { return ObjectKind.EXTERNAL_TABLE; }
|   <PUMP> { return ObjectKind.PUMP; }
|   <MATERIALIZED> <VIEW> { return ObjectKind.MATERIALIZED_VIEW; }
|   <VIEW> { return ObjectKind.VIEW; }
|   <DELIVERY> { return ObjectKind.DELIVERY; }
|   <FUNCTION> { return ObjectKind.FUNCTION; }
}

boolean MillraceIfNotExists() :
{}
{
    LOOKAHEAD(3) <IF> <NOT> <EXISTS> { return true; }
|   { return false; }
}

boolean MillraceIfExists() :
{}
{
    LOOKAHEAD(2) <IF> <EXISTS> { return true; }
|   { return false; }
}

SqlNode MillraceDescription() :
{
    SqlNode text = null;
}
{
    [ <DESCRIPTION> text = StringLiteral() ]
    { return text; }
}

/** WITH (name = 'value' | number | TRUE, …), or nothing. */
SqlNodeList MillraceOptions() :
{
    final List<SqlNode> options = new ArrayList<SqlNode>();
    SqlNode option;
}
{
    [
        <WITH> <LPAREN>
        option = MillraceOption() { options.add(option); }
        ( <COMMA> option = MillraceOption() { options.add(option); } )*
        <RPAREN>
    ]
    { return new SqlNodeList(options, getPos()); }
}

/** Any word, reserved or not: before an equals sign there can be nothing but a name. */
JAVACODE SqlNode OptionWord()
{
    final String word = getNextToken().image;
    return new SqlIdentifier(word, getPos());
}

SqlNode MillraceOption() :
{
    final SqlNode name;
    final SqlNode value;
}
{
    (
        LOOKAHEAD({ isWord(1) && getToken(2).kind == EQ })
        name = OptionWord()
    |
        name = CompoundIdentifier()
    |
        name = StringLiteral()
    )
    <EQ>
    (
        value = StringLiteral()
    |
        value = NumericLiteral()
    |
        value = SpecialLiteral()
    )
    { return new SqlOption(Span.of(name, value).pos(), name, value); }
}

SqlCreate MillraceCreateStream(Span s, boolean replace) :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
    final List<SqlNode> elements = new ArrayList<SqlNode>();
    final SqlNode description;
    final SqlNodeList options;
    SqlNode element;
}
{
    <STREAM>
    ifNotExists = MillraceIfNotExists()
    name = CompoundIdentifier()
    [
        <LPAREN>
        element = MillraceStreamElement() { elements.add(element); }
        ( <COMMA> element = MillraceStreamElement() { elements.add(element); } )*
        <RPAREN>
    ]
    description = MillraceDescription()
    options = MillraceOptions()
    {
        return new SqlCreateStream(s.end(this), replace, ifNotExists, name,
            SqlWatermark.without(elements, s.pos()), SqlWatermark.of(elements), description, options);
    }
}

SqlNode MillraceStreamElement() :
{
    final Span s;
    final SqlIdentifier name;
    final SqlDataTypeSpec type;
    final SqlNode watermark;
    boolean nullable = true;
}
{
    LOOKAHEAD(2)
    watermark = MillraceWatermark() { return watermark; }
|
    name = SimpleIdentifier() { s = Span.of(name); }
    [ <AS> { if (true) { throw MillraceSyntax.computedColumn(getPos()); } } ]
    type = DataType()
    [ <NULL> | <NOT> <NULL> { nullable = false; } ]
    { return new SqlColumn(s.end(this), name, type.withNullable(nullable)); }
}

SqlNode MillraceWatermark() :
{
    final Span s;
    final SqlIdentifier name;
    final SqlNode bound;
}
{
    <WATERMARK> { s = span(); } <FOR> name = SimpleIdentifier() <AS> bound = Expression(ExprContext.ACCEPT_NON_QUERY) {
        return new SqlWatermark(s.end(bound), name, bound);
    }
}

SqlCreate MillraceCreatePump(Span s, boolean replace) :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
    PumpState state = PumpState.DEFAULT;
    final SqlNode description;
    final SqlNode insert;
}
{
    <PUMP>
    ifNotExists = MillraceIfNotExists()
    name = CompoundIdentifier()
    [
        <STARTED> { state = PumpState.STARTED; }
    |
        <STOPPED> { state = PumpState.STOPPED; }
    ]
    description = MillraceDescription()
    <AS>
    insert = SqlInsert()
    {
        return new SqlCreatePump(s.end(insert), replace, ifNotExists, name, state, description, insert);
    }
}

SqlCreate MillraceCreateMaterializedView(Span s, boolean replace) :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
    SqlNodeList columns = null;
    final SqlNode query;
}
{
    <MATERIALIZED> <VIEW>
    ifNotExists = MillraceIfNotExists()
    name = CompoundIdentifier()
    [ columns = ParenthesizedSimpleIdentifierList() ]
    <AS>
    query = MillraceQuery()
    {
        return new SqlCreateMaterializedView(s.end(query), replace, ifNotExists, name, columns, query);
    }
}

SqlCreate MillraceCreateView(Span s, boolean replace) :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
    SqlNodeList columns = null;
    final SqlNode query;
}
{
    [ <TEMPORARY> { if (true) { throw MillraceSyntax.temporaryView(s.end(this)); } } ]
    <VIEW>
    ifNotExists = MillraceIfNotExists()
    name = CompoundIdentifier()
    [ columns = ParenthesizedSimpleIdentifierList() ]
    <AS>
    query = MillraceQuery()
    {
        return new SqlCreateView(s.end(query), replace, ifNotExists, name, columns, query);
    }
}

SqlCreate MillraceCreateDelivery(Span s, boolean replace) :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
    final SqlNode source;
    final SqlNode url;
    final SqlNodeList options;
}
{
    <DELIVERY>
    ifNotExists = MillraceIfNotExists()
    name = CompoundIdentifier()
    (
        <FROM> source = CompoundIdentifier()
    |
        <AS> source = MillraceQuery()
    )
    <TO> url = StringLiteral()
    options = MillraceOptions()
    {
        return new SqlCreateDelivery(s.end(this), replace, ifNotExists, name, source, url, options);
    }
}

/**
 * In Java: AS 'class' USING JAR 'path'. In SQL: (x type, …) RETURNS type RETURN expression, or AS $$expression$$.
 * Rows: (x type, …) RETURNS TABLE (y type, …) RETURN query, or AS 'query'.
 */
SqlCreate MillraceCreateFunction(Span s, boolean replace) :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
    SqlFunctionInJava java = null;
    SqlFunctionInSql sql = null;
    SqlFunctionOfRows rows = null;
    List<SqlNode> parameters;
}
{
    <FUNCTION>
    ifNotExists = MillraceIfNotExists()
    name = CompoundIdentifier()
    (
        java = MillraceFunctionInJava()
    |
        parameters = MillraceFunctionParameters()
        <RETURNS>
        (
            <TABLE> rows = MillraceFunctionOfRows(parameters)
        |
            sql = MillraceFunctionInSql(parameters)
        )
    )
    { return new SqlCreateFunction(s.end(this), replace, ifNotExists, name, java, sql, rows); }
}

SqlFunctionInJava MillraceFunctionInJava() :
{
    final SqlNode className;
    final SqlNode jar;
    SqlNode checksum = null;
}
{
    <AS> className = StringLiteral()
    [ <LANGUAGE> <JAVA> ]
    <USING> <JAR> jar = StringLiteral()
    [ <CHECKSUM> checksum = StringLiteral() ]
    { return new SqlFunctionInJava(className, jar, checksum); }
}

SqlFunctionInSql MillraceFunctionInSql(List<SqlNode> parameters) :
{
    final SqlDataTypeSpec returns;
    final SqlNode body;
}
{
    returns = DataType()
    [ <LANGUAGE> <SQL> ]
    (
        <RETURN> body = Expression(ExprContext.ACCEPT_SUB_QUERY)
    |
        <AS> <DOLLAR_QUOTED> { body = new SqlDollarQuote(getPos(), token.image); }
    )
    { return new SqlFunctionInSql(parameters, returns, body); }
}

SqlFunctionOfRows MillraceFunctionOfRows(List<SqlNode> parameters) :
{
    final List<SqlNode> columns;
    final SqlNode body;
}
{
    columns = MillraceFunctionParameters()
    [ <LANGUAGE> <SQL> ]
    (
        <RETURN> body = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
    |
        <AS>
        (
            <DOLLAR_QUOTED> { body = new SqlDollarQuote(getPos(), token.image); }
        |
            body = StringLiteral()
        )
        [ <LANGUAGE> <SQL> ]
    )
    { return new SqlFunctionOfRows(parameters, columns, body); }
}

List<SqlNode> MillraceFunctionParameters() :
{
    final List<SqlNode> parameters = new ArrayList<SqlNode>();
    SqlNode parameter;
}
{
    <LPAREN>
    [
        parameter = MillraceFunctionParameter() { parameters.add(parameter); }
        ( <COMMA> parameter = MillraceFunctionParameter() { parameters.add(parameter); } )*
    ]
    <RPAREN>
    { return parameters; }
}

SqlNode MillraceFunctionParameter() :
{
    final SqlIdentifier name;
    final SqlDataTypeSpec type;
}
{
    name = SimpleIdentifier()
    type = DataType()
    { return new SqlColumn(Span.of(name).end(this), name, type); }
}

/** A query, and when it gives its rows. */
SqlNode MillraceQuery() :
{
    SqlNode query;
    final Span s;
}
{
    query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
    [ <EMIT> { s = Span.of(query); } query = MillraceEmit(query, s) ]
    { return query; }
}

SqlNode MillraceEmit(SqlNode query, Span s) :
{
    boolean changes = false;
    EmitTiming timing = EmitTiming.DEFAULT;
    SqlNode interval = null;
    SqlNode lateness = null;
}
{
    (
        <CHANGES> { changes = true; }
        [
            <ON> timing = MillraceEmitTiming()
        |
            <EVERY> { timing = EmitTiming.EVERY; } interval = IntervalLiteral()
        ]
    |
        <ON> timing = MillraceEmitTiming()
    |
        <EVERY> { timing = EmitTiming.EVERY; } interval = IntervalLiteral()
    |
        <FINAL> { timing = EmitTiming.ON_WINDOW_CLOSE; }
    )
    [ LOOKAHEAD(2) <WITH> <LATENESS> lateness = IntervalLiteral() ]
    [ query = MillraceLimitBehind(query) ]
    { return new SqlEmit(s.end(this), query, changes, timing, interval, lateness); }
}

/** LIMIT, OFFSET and FETCH behind EMIT, where ksqlDB has the first. */
SqlNode MillraceLimitBehind(SqlNode query) :
{
    final Span s = Span.of();
    final SqlNode[] offsetAndFetch = {null, null};
}
{
    (
        LimitClause(s, offsetAndFetch)
        [ OffsetClause(s, offsetAndFetch) ]
    |
        OffsetClause(s, offsetAndFetch)
        [ LimitClause(s, offsetAndFetch) | FetchClause(offsetAndFetch) ]
    |
        FetchClause(offsetAndFetch)
    )
    { return LimitBehind.of(s.end(this), query, offsetAndFetch[0], offsetAndFetch[1]); }
}

EmitTiming MillraceEmitTiming() :
{}
{
    <WINDOW> <CLOSE> { return EmitTiming.ON_WINDOW_CLOSE; }
|   <UPDATE> { return EmitTiming.ON_UPDATE; }
}

SqlDrop MillraceDrop(Span s, boolean replace) :
{
    final ObjectKind kind;
    final boolean ifExists;
    final SqlIdentifier name;
}
{
    kind = MillraceObjectKind()
    ifExists = MillraceIfExists()
    name = CompoundIdentifier()
    { return new SqlDropObject(s.end(name), kind, ifExists, name); }
}

SqlNode MillraceAlter() :
{
    final Span s;
    final SqlNode alter;
}
{
    <ALTER> { s = span(); }
    ( alter = MillraceAlterPump(s) | alter = MillraceAlterDelivery(s) )
    { return alter; }
}

SqlNode MillraceAlterDelivery(Span s) :
{
    final SqlIdentifier name;
    final SqlNode query;
    final List<SqlNode> options = new ArrayList<SqlNode>();
    SqlNode option;
}
{
    <DELIVERY> name = CompoundIdentifier()
    (
        <AS> query = MillraceQuery()
        { return new SqlAlterDeliveryQuery(s.end(query), name, query); }
    |
        <SET> <LPAREN>
        option = MillraceOption() { options.add(option); }
        ( <COMMA> option = MillraceOption() { options.add(option); } )*
        <RPAREN>
        {
            return new SqlAlterDeliveryOptions(
                s.end(this), name, new SqlNodeList(options, getPos()), SqlNodeList.EMPTY);
        }
    |
        <RESET> <LPAREN>
        option = MillraceOptionName() { options.add(option); }
        ( <COMMA> option = MillraceOptionName() { options.add(option); } )*
        <RPAREN>
        {
            return new SqlAlterDeliveryOptions(
                s.end(this), name, SqlNodeList.EMPTY, new SqlNodeList(options, getPos()));
        }
    )
}

SqlNode MillraceOptionName() :
{
    final SqlNode name;
}
{
    (
        LOOKAHEAD({ isWord(1) && getToken(2).kind != DOT })
        name = OptionWord()
    |
        name = CompoundIdentifier()
    |
        name = StringLiteral()
    )
    { return name; }
}

SqlNode MillraceAlterPump(Span s) :
{
    final SqlIdentifier name;
    final SqlNode insert;
}
{
    <PUMP>
    name = CompoundIdentifier()
    (
        <START> { return new SqlAlterPump(s.end(this), name, true); }
    |
        <STOP> { return new SqlAlterPump(s.end(this), name, false); }
    |
        <AS> insert = SqlInsert() { return new SqlAlterPumpQuery(s.end(insert), name, insert); }
    )
}

SqlNode MillraceShow() :
{
    final Span s;
    final ObjectKind kind;
    final SqlIdentifier name;
}
{
    <SHOW> { s = span(); }
    (
        LOOKAHEAD(1)
        <STREAMS> { return new SqlShowObjects(s.end(this), ObjectKind.STREAM); }
    |
        LOOKAHEAD(1)
        <TABLES> { return new SqlShowObjects(s.end(this), ObjectKind.TABLE); }
    |
        LOOKAHEAD(1)
        <PUMPS> { return new SqlShowObjects(s.end(this), ObjectKind.PUMP); }
    |
        LOOKAHEAD(1)
        <VIEWS> { return new SqlShowObjects(s.end(this), ObjectKind.VIEW); }
    |
        LOOKAHEAD(2)
        <MATERIALIZED> <VIEWS> { return new SqlShowObjects(s.end(this), ObjectKind.MATERIALIZED_VIEW); }
    |
        LOOKAHEAD(1)
        <DELIVERIES> { return new SqlShowObjects(s.end(this), ObjectKind.DELIVERY); }
    |
        LOOKAHEAD(1)
        <WATERMARKS> { return new SqlShowWatermarks(s.end(this)); }
    |
        LOOKAHEAD(1)
        <FUNCTIONS> { return new SqlShowObjects(s.end(this), ObjectKind.FUNCTION); }
    |
        <CREATE> kind = MillraceObjectKind() name = CompoundIdentifier()
        { return new SqlShowCreate(s.end(name), kind, name); }
    |
        <ALL> { return new SqlShowSetting(s.end(this), new SqlIdentifier("all", getPos())); }
    |
        LOOKAHEAD(2)
        <TRANSACTION> <ISOLATION> <LEVEL>
        { return new SqlShowSetting(s.end(this), new SqlIdentifier("transaction_isolation", getPos())); }
    |
        LOOKAHEAD(2)
        <TIME> <ZONE>
        { return new SqlShowSetting(s.end(this), new SqlIdentifier("timezone", getPos())); }
    |
        name = CompoundIdentifier() { return new SqlShowSetting(s.end(name), name); }
    )
}

SqlNode MillraceSet() :
{
    final Span s;
    final SqlIdentifier name;
    final SqlNode value;
}
{
    <SET> { s = span(); }
    [ LOOKAHEAD(2) ( <SESSION> | <LOCAL> ) ]
    (
        LOOKAHEAD(2)
        <TIME> <ZONE> { name = new SqlIdentifier("timezone", getPos()); }
        value = MillraceSettingValue()
    |
        name = CompoundIdentifier()
        ( <EQ> | <TO> )
        value = MillraceSettingValue()
    )
    { return new SqlSetSetting(s.end(this), name, value); }
}

/** Values of a setting: one, or several with commas; null for DEFAULT. */
SqlNode MillraceSettingValue() :
{
    final List<SqlNode> values = new ArrayList<SqlNode>();
    SqlNode value;
}
{
    <DEFAULT_> { return null; }
|
    value = MillraceOneSettingValue() { values.add(value); }
    ( <COMMA> value = MillraceOneSettingValue() { values.add(value); } )*
    { return new SqlNodeList(values, Span.of(values).pos()); }
}

SqlNode MillraceOneSettingValue() :
{
    SqlNode value;
}
{
    (
        value = NumericLiteral()
    |
        value = StringLiteral()
    |
        value = SpecialLiteral()
    |
        value = CompoundIdentifier()
    |
        ( <ON> | <LOCAL> ) { value = new SqlIdentifier(unquotedIdentifier(), getPos()); }
    )
    { return value; }
}

SqlNode MillraceReset() :
{
    final Span s;
    final SqlIdentifier name;
}
{
    <RESET> { s = span(); }
    (
        <ALL> { name = new SqlIdentifier("all", getPos()); }
    |
        name = CompoundIdentifier()
    )
    { return new SqlSetSetting(s.end(this), name, null); }
}

SqlNode MillraceDescribe() :
{
    final Span s;
    ObjectKind kind = null;
    final SqlIdentifier name;
}
{
    <DESCRIBE> { s = span(); }
    [
        LOOKAHEAD(MillraceObjectKind() SimpleIdentifier())
        kind = MillraceObjectKind()
    ]
    name = CompoundIdentifier()
    { return new SqlDescribeObject(s.end(name), kind, name); }
}

SqlNode MillraceExplain() :
{
    final Span s;
    boolean analyze = false;
    ExplainFormat format = ExplainFormat.TEXT;
    final ObjectKind kind;
    final SqlIdentifier name;
    final SqlNode statement;
}
{
    <EXPLAIN> { s = span(); }
    [ LOOKAHEAD(1) <ANALYZE> { analyze = true; } ]
    [
        LOOKAHEAD(2)
        <LPAREN> <FORMAT>
        ( LOOKAHEAD(1) <JSON> { format = ExplainFormat.JSON; } | MillraceText() )
        <RPAREN>
    ]
    (
        LOOKAHEAD(MillraceRunningKind() CompoundIdentifier())
        kind = MillraceRunningKind() name = CompoundIdentifier()
        { return new SqlExplainRunning(s.end(name), analyze, format, kind, name); }
    |
        [ LOOKAHEAD(2) <PLAN> <FOR> ]
        (
            LOOKAHEAD(2)
            statement = MillraceInsert()
        |
            statement = MillraceUpdate()
        |
            statement = MillraceDelete()
        |
            statement = MillraceQuery()
        |
            statement = SqlCreate()
        )
        { return new SqlExplainStatement(s.end(statement), analyze, format, statement); }
    )
}

ObjectKind MillraceRunningKind() :
{}
{
    <PUMP> { return ObjectKind.PUMP; }
|   <MATERIALIZED> <VIEW> { return ObjectKind.MATERIALIZED_VIEW; }
|   <VIEW> { return ObjectKind.VIEW; }
|   <DELIVERY> { return ObjectKind.DELIVERY; }
}

void MillraceText() :
{
    final SqlIdentifier word;
}
{
    word = SimpleIdentifier() {
        if (!word.getSimple().equalsIgnoreCase("text")) {
            throw MillraceSyntax.unknownFormat(word);
        }
    }
}
