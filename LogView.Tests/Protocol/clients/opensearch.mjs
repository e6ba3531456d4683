// opensearch.mjs URL INDEX COUNT: writes COUNT events with the bulk helper of OpenSearch's client.
import { Client } from 'opensearch';

const [, , node, index, count] = process.argv;
const client = new Client({ node, maxRetries: 0 });
const events = Array.from({ length: Number(count) }, (_, i) => ({ '@timestamp': new Date().toISOString(), level: 'warn', message: `opensearch event ${i}` }));
const bulk = await client.helpers.bulk({ datasource: events, onDocument: () => ({ create: { _index: index } }) });
console.log(JSON.stringify({ total: bulk.total, successful: bulk.successful, failed: bulk.failed }));
await client.close();
