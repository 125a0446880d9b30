// Does queries of ClickHouse in a directory, below which it reads files: OUT, a format of its own, and the query a line.
const fs = require('fs');
process.chdir(process.argv[2]);
const { query } = require('chdb');
for (const line of fs.readFileSync(0, 'utf8').split('\n').filter((each) => each !== '')) {
    const [out, format, sql] = line.split('\t');
    fs.writeFileSync(out, query(sql, format));
}
