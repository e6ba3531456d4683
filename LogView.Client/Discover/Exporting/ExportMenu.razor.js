const PACE = 250;
const MERGE = 32 * 1024 * 1024;
const LF = 10;
const QUOTE = 34;
const HASH = 35;
const N = 110;
const AGAIN_MS = 1000;
const PATIENCE_MS = 300000;

// Counts records as they pass: lines of NDJSON, or CSV records with quoted line breaks. A line that is a note of LogView is no row.
function counter(isCsv) {
  let rows = isCsv ? -1 : 0; // the header
  let quoted = false;
  let position = 0;
  let isNote = false;
  return {
    get rows() { return Math.max(0, rows); },
    add(bytes) {
      for (let i = 0; i < bytes.length; i++) {
        const b = bytes[i];
        if (isCsv ? position === 0 && b === HASH : position === 2 && b === N) {
          isNote = true;
        }
        if (isCsv && b === QUOTE) {
          quoted = !quoted;
        }
        if (b === LF && !quoted) {
          rows += isNote ? 0 : 1;
          position = 0;
          isNote = false;
        } else {
          position++;
        }
      }
    },
  };
}

// Reads exports to their end and hands them to the browser's downloads, one at a time; a blob is kept by the browser, on disk when it is large.
// No call waits for the end: the server gives up calls after a minute, and an export may take longer.
class Exporter {
  constructor(menu) {
    this.menu = menu;
    this.running = null;
    this.isLeft = false;
  }

  async start(run, url, name, isCsv) {
    this.running?.abort();
    const mine = this.running = new AbortController(), count = counter(isCsv);
    let outcome = 'done', message = null;
    try {
      message = await this.read(run, url, name, isCsv, count, mine.signal);
      outcome = message === null ? 'done' : 'failed';
    } catch (e) {
      [outcome, message] = mine.signal.aborted ? ['cancelled', null] : ['failed', String(e?.message ?? e)];
    }
    if (this.running === mine) {
      this.running = null;
    }
    await this.tellEnd(run, count.rows, outcome, message);
  }

  // Answers why there is no export, or null.
  async read(run, url, name, isCsv, count, signal) {
    const response = await fetch(url, { signal });
    if (!response.ok) {
      const problem = await response.json().catch(() => null);
      return problem?.detail ?? `HTTP ${response.status}`;
    }
    let whole = new Blob([]);
    let parts = [];
    let size = 0;
    let told = performance.now();
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        break;
      }
      count.add(value);
      parts.push(value);
      size += value.length;
      if (size > MERGE) {
        whole = new Blob([whole, ...parts]);
        parts = [];
        size = 0;
      }
      if (performance.now() - told > PACE) {
        told = performance.now();
        // Without the server for a while the export goes on.
        await this.menu.invokeMethodAsync('Told', run, count.rows).catch(() => { });
      }
    }
    save(new Blob([whole, ...parts], { type: isCsv ? 'text/csv' : 'application/x-ndjson' }), name);
    return null;
  }

  async tellEnd(run, rows, outcome, message) {
    for (const begun = performance.now(); !this.isLeft && performance.now() - begun < PATIENCE_MS;) {
      try {
        await this.menu.invokeMethodAsync('End', run, rows, outcome, message);
        return;
      } catch {
        await new Promise(done => setTimeout(done, AGAIN_MS));
      }
    }
  }
}

export function exporter(menu) {
  return new Exporter(menu);
}

export function start(exporter, run, url, name, isCsv) {
  exporter.start(run, url, name, isCsv);
}

export function cancel(exporter) {
  exporter?.running?.abort();
}

export function leave(exporter) {
  exporter.isLeft = true;
  exporter.running?.abort();
}

function save(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}
