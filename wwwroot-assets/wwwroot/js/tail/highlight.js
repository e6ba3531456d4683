// Words the viewer wants to see in colour. Text goes in as text nodes only: log text is hostile input.
import * as ansi from './ansi.js';

/** Colours of .lv-hl-0 … in tail.css. */
const colours = 6;
const mostWords = 20;

/** The words of a text field: separated by spaces, "several words" in quotes. */
export function wordsOf(text) {
  const found = [...text.matchAll(/"([^"]+)"|(\S+)/gu)].map(match => (match[1] ?? match[2]).trim());
  return [...new Set(found.filter(word => word.length > 0).map(word => word.toLowerCase()))].slice(0, mostWords);
}

export class Highlighter {
  #words = [];
  #pattern = null;

  set(words) {
    this.#words = words;
    const escaped = words.map(word => word.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&'));
    this.#pattern = words.length === 0 ? null : new RegExp(escaped.join('|'), 'gi');
  }

  /** Replaces the content of an element by the text in its terminal colours, with its words marked. */
  write(element, text) {
    this.#write(element, text, part => this.#marked(part));
  }

  /** The same without marks. */
  writePlain(element, text) {
    this.#write(element, text, part => [part]);
  }

  #write(element, text, nodesOf) {
    if (!ansi.isIn(text)) {
      element.replaceChildren(...nodesOf(text));
      return;
    }

    element.replaceChildren(...ansi.pieces(text).map(({ start, end, className }) => {
      const piece = document.createElement('span');
      piece.className = className ?? '';
      piece.append(...nodesOf(text.slice(start, end)));
      return piece;
    }));
  }

  #marked(text) {
    if (this.#pattern === null) {
      return [text];
    }

    const parts = [];
    let end = 0;
    for (const match of text.matchAll(this.#pattern)) {
      if (match.index > end) {
        parts.push(text.slice(end, match.index));
      }

      const mark = document.createElement('mark');
      mark.className = `lv-hl-${Math.max(0, this.#words.indexOf(match[0].toLowerCase())) % colours}`;
      mark.textContent = match[0];
      parts.push(mark);
      end = match.index + match[0].length;
    }

    parts.push(text.slice(end));
    return parts;
  }
}
