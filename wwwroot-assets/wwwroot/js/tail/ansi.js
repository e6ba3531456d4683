// Colours that a program wrote for a terminal: the same rules as LogView.Client/Shared/Terminal/AnsiText.cs, which a test compares with these. Those that choose
// a colour or bold are shown, all other sequences are left out.

const escape = '\u001b';

/** Whether a text has sequences. */
export function isIn(text) {
  return text.includes(escape);
}

/** The text without its sequences, in order: pieces { start, end, className }; className is null without a style. */
export function pieces(text) {
  const found = [];
  const style = { color: null, isBold: false };
  let at = 0;
  while (at < text.length) {
    const next = text.indexOf(escape, at);
    const end = next < 0 ? text.length : next;
    if (end > at) {
      found.push({ start: at, end, className: classOf(style) });
    }
    at = next < 0 ? end : skip(text, next, style);
  }
  return found;
}

function classOf({ color, isBold }) {
  const name = color === null ? null : `lv-ansi-${color}`;
  return isBold ? (name === null ? 'lv-ansi-bold' : `${name} lv-ansi-bold`) : name;
}

/** The place behind the sequence; one that is cut off ends the text. */
function skip(text, at, style) {
  if (at + 1 >= text.length) {
    return text.length;
  }
  if (text[at + 1] === '[') {
    let final = at + 2;
    while (final < text.length && (text[final] < '@' || text[final] > '~')) {
      final++;
    }
    if (text[final] === 'm') {
      apply(text.slice(at + 2, final), style);
    }
    return Math.min(text.length, final + 1);
  }
  if (text[at + 1] === ']') {
    const bell = text.indexOf('\u0007', at);
    const closing = text.indexOf('\u001b\\', at + 2);
    return bell >= 0 && (closing < 0 || bell < closing) ? bell + 1 : closing < 0 ? text.length : closing + 2;
  }
  return at + 2;
}

function numberOf(text) {
  return /^\d+$/.test(text) ? Number(text) : -1;
}

function apply(parameters, style) {
  const parts = parameters.split(/[;:]/);
  for (let i = 0; i < parts.length; i++) {
    const code = parts[i] === '' ? 0 : numberOf(parts[i]);
    if (code === 0) {
      style.color = null;
      style.isBold = false;
    } else if (code === 1 || code === 22) {
      style.isBold = code === 1;
    } else if (code === 39) {
      style.color = null;
    } else if (code >= 30 && code <= 37 || code >= 90 && code <= 97) {
      style.color = code % 10;
    } else if (code === 38 || code === 48) {
      // One of 256 colours, or red, green and blue: only the first sixteen have a name here.
      const isIndexed = i + 2 < parts.length && parts[i + 1] === '5';
      if (code === 38) {
        const index = isIndexed ? numberOf(parts[i + 2]) : -1;
        style.color = index >= 0 && index < 16 ? index % 8 : null;
      }
      i += isIndexed ? 2 : 4;
    }
  }
}
