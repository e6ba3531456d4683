// Queries that were run in this browser, newest first, none twice. Kept in the browser only: what people look for is nobody else's business.
const KEY = 'logview.queries';
const MAX_QUERIES = 50;
const MAX_LENGTH = 4096;

export function all() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter(q => typeof q === 'string' && q !== '').slice(0, MAX_QUERIES) : [];
  } catch {
    // No storage, or another program's text in it: no history.
    return [];
  }
}

export function add(query) {
  const text = query.trim();
  if (text !== '' && text.length <= MAX_LENGTH) {
    save([text, ...all().filter(q => q !== text)].slice(0, MAX_QUERIES));
  }
}

export function clear() {
  save([]);
}

function save(queries) {
  try {
    localStorage.setItem(KEY, JSON.stringify(queries));
  } catch {
    // A full or forbidden storage keeps nothing.
  }
}
