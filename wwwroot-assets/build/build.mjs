// Rebuilds ../wwwroot/vendor from the versions pinned in package-lock.json:  npm ci && npm run build
import { build } from 'esbuild';
import { readFileSync, writeFileSync } from 'node:fs';

const vendor = new URL('../wwwroot/vendor/', import.meta.url).pathname;

// [package, its copyright line and licence text; some packages name their licence without shipping the text]
const parts = ['@microsoft/signalr', '@microsoft/signalr-protocol-msgpack', '@msgpack/msgpack'];

const manifest = name => JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url)));
const banner = parts.map(name => `${name} ${manifest(name).version} (${manifest(name).license})`).join(', ');

await build({
  entryPoints: ['signalr-entry.mjs'],
  outfile: `${vendor}signalr.js`,
  bundle: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  minify: true,
  legalComments: 'none',
  charset: 'utf8',
  banner: { js: `/*! ${banner}; licences in signalr.LICENSES.txt */` },
});

const mit = readFileSync(new URL('licences/signalr.txt', import.meta.url), 'utf8');
const msgpack = readFileSync(new URL('node_modules/@msgpack/msgpack/LICENSE', import.meta.url), 'utf8');
writeFileSync(`${vendor}signalr.LICENSES.txt`, [
  `${parts[0]} ${manifest(parts[0]).version}\n${parts[1]} ${manifest(parts[1]).version}\n\n${mit}`,
  `${parts[2]} ${manifest(parts[2]).version}\n\n${msgpack}`,
].join(`\n${'-'.repeat(80)}\n\n`));
