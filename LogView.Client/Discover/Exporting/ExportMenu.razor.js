const PACE = 250;
const MERGE = 32 * 1024 * 1024;
const LF = 10;
const QUOTE = 34;
const HASH = 35;
const N = 110;

let running = null;

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

// Reads an export to its end and hands it to the browser's downloads; a blob is kept by the browser, on disk when it is large.
export async function start(url, name, isCsv, page) {
  running?.abort();
  const mine = new AbortController();
  running = mine;
  const count = counter(isCsv);
  try {
    const response = await fetch(url, { signal: mine.signal });
    if (!response.ok) {
      const problem = await response.json().catch(() => null);
      return { rows: 0, outcome: 'failed', message: problem?.detail ?? `HTTP ${response.status}` };
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
        await page.invokeMethodAsync('Told', count.rows);
      }
    }
    save(new Blob([whole, ...parts], { type: isCsv ? 'text/csv' : 'application/x-ndjson' }), name);
    return { rows: count.rows, outcome: 'done', message: null };
  } catch (e) {
    return { rows: count.rows, outcome: mine.signal.aborted ? 'cancelled' : 'failed', message: mine.signal.aborted ? null : String(e?.message ?? e) };
  } finally {
    if (running === mine) {
      running = null;
    }
  }
}

export function cancel() {
  running?.abort();
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
