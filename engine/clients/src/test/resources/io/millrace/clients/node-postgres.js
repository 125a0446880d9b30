const { Client } = require('pg');
const Cursor = require('pg-cursor');

(async () => {
  const client = new Client(`postgres://millrace@127.0.0.1:${process.argv[2]}/millrace`);
  await client.connect();
  const found = await client.query('SELECT ticker, price FROM trades WHERE quantity > $1 ORDER BY price', [15]);
  found.rows.forEach((row) => console.log('row', row.ticker, row.price));
  const cursor = client.query(new Cursor('SELECT STREAM ticker FROM trades'));
  console.log('cursor', (await cursor.read(1)).length, (await cursor.read(100)).length);
  await cursor.close();
  const named = await client.query({ name: 'q', text: 'SELECT COUNT(*) AS n FROM trades WHERE quantity > $1', values: [0] });
  console.log('named', named.rows[0].n);
  await client.query('SELECT missing FROM trades').catch((error) => console.log('error', error.code, error.position));
  await client.end();
})();
