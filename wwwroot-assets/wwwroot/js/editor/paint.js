// The coloured copy of a query under its textarea. The query is hostile text too: only text nodes are made.
const TOKENS = /("(?:\\.|[^"\\])*"?)|((?:[\p{L}\p{N}_@*][\p{L}\p{N}_@.*-]*)(?=\s*(?::|<=?|>=?)))|(\b(?:and|or|not|to)\b)/giu;

export function paint(layer, text, error, isTooLong) {
  const marks = isTooLong ? [] : [...text.matchAll(TOKENS)].map(m => ({
    at: m.index, end: m.index + m[0].length, name: m[1] ? 'lv-q-text' : m[2] ? 'lv-q-field' : 'lv-q-word',
  }));
  const { at, length } = error;
  const cuts = new Set([0, text.length]);
  marks.forEach(m => cuts.add(m.at).add(m.end));
  if (at >= 0) {
    cuts.add(Math.min(at, text.length)).add(Math.min(at + length, text.length));
  }
  const points = [...cuts].sort((a, b) => a - b);
  const parts = [];
  for (let i = 0, next = 0; i + 1 < points.length; i++) {
    while (next < marks.length && marks[next].end <= points[i]) {
      next++;
    }
    const span = document.createElement('span');
    span.textContent = text.slice(points[i], points[i + 1]);
    span.className = next < marks.length && marks[next].at <= points[i] ? marks[next].name : '';
    if (at >= 0 && points[i] >= at && points[i] < at + Math.max(length, 1)) {
      span.classList.add('lv-q-error');
    }
    parts.push(span);
  }
  if (at >= 0 && at >= text.length) {
    const end = document.createElement('span');
    end.className = 'lv-q-error';
    parts.push(end);
  }
  layer.replaceChildren(...parts);
}
