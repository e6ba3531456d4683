const KEY = 'logview-pinned-fields';
const MOST = 50;

// Fields pinned in this browser, whoever uses it.
export function pinned() {
  try {
    const names = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(names) ? names.filter(n => typeof n === 'string').slice(0, MOST) : [];
  } catch {
    return [];
  }
}

export function pin(names) {
  try {
    localStorage.setItem(KEY, JSON.stringify(names.slice(0, MOST)));
  } catch {
    // Nothing is lost but the memory of it.
  }
}
