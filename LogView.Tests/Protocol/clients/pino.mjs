// pino.mjs URL INDEX COUNT: logs COUNT lines through pino and pino-elasticsearch, every tenth with an error.
import pino from 'pino';
import pinoElastic from 'pino-elasticsearch';

const [, , node, index, count] = process.argv;
const stream = pinoElastic({ node, index, esVersion: 8, flushBytes: 1000, opType: 'create' });
let inserted = 0;
const dropped = [];
stream.on('insert', (stats) => { inserted += stats.successful; });
stream.on('insertError', (error) => dropped.push(String(error)));
stream.on('error', (error) => dropped.push(String(error)));
const logger = pino({ level: 'trace' }, stream);
for (let i = 0; i < Number(count); i++) {
  if (i % 10 === 0) logger.error(new Error(`pino failure ${i}`), `pino event ${i}`);
  else logger.info({ order: i }, `pino event ${i}`);
}
stream.end();
await new Promise((done) => {
  const wait = setInterval(() => { if (inserted >= Number(count) || dropped.length) { clearInterval(wait); done(); } }, 20);
});
console.log(JSON.stringify({ inserted, dropped }));
process.exit(0);
