// winston.mjs URL PREFIX COUNT: logs COUNT lines through winston and winston-elasticsearch, which asks for health and templates first.
import winston from 'winston';
import { ElasticsearchTransport } from 'winston-elasticsearch';

const [, , node, index, count] = process.argv;
const transport = new ElasticsearchTransport({ level: 'info', index, clientOpts: { node, maxRetries: 0 }, flushInterval: 100, ensureIndexTemplate: true });
const errors = [];
transport.on('error', (error) => errors.push(String(error)));
const logger = winston.createLogger({ transports: [transport] });
logger.on('error', (error) => errors.push(String(error)));
for (let i = 0; i < Number(count); i++) {
  logger.log({ level: i % 10 === 0 ? 'error' : 'info', message: `winston event ${i}` });
}
// The transport takes its entries one by one; it finishes after it has sent the last of them.
const finished = new Promise((done) => transport.on('finish', done));
logger.end();
await finished;
console.log(JSON.stringify({ errors }));
process.exit(0);
