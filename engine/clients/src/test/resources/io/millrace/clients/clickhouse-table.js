// Prints the rows of a table of every type, given as a table function of ClickHouse, below a directory.
const [directory, table] = process.argv.slice(2);
process.chdir(directory);
const { query } = require('chdb');
const columns = ['id', 'flag', 'tiny', 'small', 'whole', 'single', 'precise', 'cents', 'money', 'huge', 'name',
    'hex(raw)', 'd', 'wall', 'numbers'];
const cells = columns.map((column) => `if(isNull(toString(${column})), 'NULL', toString(${column}))`);
process.stdout.write(
    query(`SELECT concat(${cells.join(", '|', ")}) FROM ${table} ORDER BY id`, 'TSVRaw'));
