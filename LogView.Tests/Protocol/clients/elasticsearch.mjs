// elasticsearch.mjs PACKAGE URL INDEX COUNT: writes COUNT events with the bulk helper, one with index(), one twice with create().
// Prints one JSON line: what the client believes happened.
const [, , name, node, index, count] = process.argv;
const { Client } = (await import(name)).default ?? (await import(name));
const client = new Client({ node, maxRetries: 0 });
const major = Number(name.split('-')[1]);
const wrap = (document) => (major >= 8 ? { document } : { body: document });
const unwrap = (answer) => answer.body ?? answer;

const events = Array.from({ length: Number(count) }, (_, i) => ({
  '@timestamp': new Date(Date.now() - i).toISOString(),
  log: { level: i % 10 === 0 ? 'ERROR' : 'info' },
  service: { name: name },
  message: `event ${i} of ${name}: 결제 완료`,
}));
const bulk = await client.helpers.bulk({
  datasource: events,
  flushBytes: 20_000,
  onDocument: () => ({ create: { _index: index } }),
  onDrop: (dropped) => console.error(JSON.stringify(dropped)),
});

const single = unwrap(await client.index({ index, ...wrap({ '@timestamp': new Date().toISOString(), message: `single of ${name}` }) }));
const id = `${name}-once`;
const first = unwrap(await client.create({ index, id, ...wrap({ '@timestamp': new Date().toISOString(), message: `created of ${name}` }) }));
let repeat = 0;
try {
  await client.create({ index, id, ...wrap({ '@timestamp': new Date().toISOString(), message: `created again of ${name}` }) });
} catch (error) {
  repeat = error.statusCode ?? error.meta?.statusCode ?? String(error);
}

const mixed = unwrap(await client.bulk({
  [major >= 8 ? 'operations' : 'body']: [
    { create: { _index: index } }, { '@timestamp': new Date().toISOString(), message: `mixed of ${name}` },
    { create: { _index: 'Not*Allowed' } }, { message: 'into a bad index name' },
  ],
}));
console.log(JSON.stringify({
  total: bulk.total, successful: bulk.successful, failed: bulk.failed, single: single.result, first: first.result, repeat,
  mixedErrors: mixed.errors, mixedStatuses: mixed.items.map((item) => item.create.status),
}));
await client.close();
