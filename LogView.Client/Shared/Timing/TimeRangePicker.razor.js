const KEY = 'logview-recent-ranges';
const MOST = 6;

export function recent() {
  try {
    const list = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(list) ? list.filter(r => Array.isArray(r) && r.length === 2).slice(0, MOST) : [];
  } catch {
    return [];
  }
}

export function remember(from, to) {
  const others = recent().filter(r => r[0] !== from || r[1] !== to);
  localStorage.setItem(KEY, JSON.stringify([[from, to], ...others].slice(0, MOST)));
}
