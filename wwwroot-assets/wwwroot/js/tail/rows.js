// The list of events: at most `most` rows in the document, newest at the bottom, drawn once per frame. Log text is hostile input:
// it only ever becomes text nodes.

import { Times } from './times.js';

/** Rows kept in the document, and rows held back while the view is paused. */
export const most = 2000;

const levels = new Set(['fatal', 'error', 'warn', 'info', 'debug', 'trace']);

function cell(className, text) {
  const span = document.createElement('span');
  span.className = className;
  span.setAttribute('role', 'gridcell');
  span.textContent = text;
  return span;
}

/**
 * Events: onOpen(row) when somebody opens an event, onScrolledUp(), onScrolledDown() when the viewer moves the list, onSelecting() when
 * text is marked.
 */
export class Rows {
  #list;
  #events;
  #highlighter;
  #waiting = [];      // to be drawn with the next frame
  #frame = 0;
  #held = false;
  #follow = true;
  #lastTop = 0;
  #columns = 0;
  #times = new Times();
  #data = new WeakMap();
  #opened = null;
  #abort = new AbortController();

  constructor(list, highlighter, events) {
    this.#list = list;
    this.#highlighter = highlighter;
    this.#events = events;
    const listen = { signal: this.#abort.signal };
    list.addEventListener('scroll', () => this.#scrolled(), { ...listen, passive: true });
    list.addEventListener('click', e => this.#clicked(e), listen);
    list.addEventListener('keydown', e => this.#key(e), listen);
    list.addEventListener('mouseover', e => this.#hovered(e), listen);
    document.addEventListener('selectionchange', () => this.#selecting(), listen);
    addEventListener('resize', () => this.#follow && this.#toBottom(), listen);
  }

  get count() {
    return this.#list.childElementCount;
  }

  /** True: rows wait outside the document until release. The oldest of them go when there are too many. */
  hold() {
    this.#held = true;
    this.#follow = false;
  }

  release() {
    this.#held = false;
    this.#follow = true;
    this.#schedule();
  }

  clear() {
    this.#waiting = [];
    this.#opened = null;
    this.#list.replaceChildren();
    this.#lastTop = 0;
  }

  /** @param columns names of the columns that each row carries values of */
  setColumns(columns) {
    this.#columns = columns.length;
  }

  /** @param zone IANA name; null: the browser's */
  setZone(zone) {
    this.#times.set(zone);
    for (const element of this.#list.children) {
      const row = this.#data.get(element);
      if (row) {
        const time = element.querySelector('.lv-tail-time');
        time.textContent = this.#times.ofDay(row.TimestampNs);
        time.removeAttribute('title');
      }
    }
  }

  /** The time of an instant, milliseconds since the epoch. */
  timeOf(ms) {
    return this.#times.ofDayMs(ms);
  }

  add(rows) {
    this.#push(rows.map(row => ({ row })));
  }

  /** A line about the stream itself: a gap, a reconnection. */
  note(kind, text) {
    this.#push([{ note: kind, text }]);
  }

  /** Marks words anew in the rows that are there. */
  repaint() {
    for (const element of this.#list.children) {
      const row = this.#data.get(element);
      if (row) {
        this.#highlighter.write(element.querySelector('.lv-tail-message'), this.#message(row));
      }
    }
  }

  /** The row whose detail is open; null: none. */
  setOpened(element) {
    this.#opened?.removeAttribute('aria-selected');
    this.#opened = element;
    element?.setAttribute('aria-selected', 'true');
  }

  /** The detail is closed; whoever read it goes on at its row. */
  close() {
    const row = this.#opened;
    this.setOpened(null);
    const focused = document.activeElement;
    if (row !== null && this.#list.contains(row) && (focused === null || focused === document.body || focused.closest('.lv-tail-detail') !== null)) {
      row.focus({ preventScroll: true });
    }
  }

  /** Moves the focus by one event, or to the next error; starts at the newest. */
  move(step, errorsOnly = false) {
    const at = this.#list.contains(document.activeElement) ? document.activeElement : null;
    let next = at === null ? this.#list.lastElementChild : step > 0 ? at.nextElementSibling : at.previousElementSibling;
    const fits = element => this.#data.has(element) && (!errorsOnly || element.matches('.lv-level-error, .lv-level-fatal'));
    while (next !== null && !fits(next)) {
      next = step > 0 && at !== null ? next.nextElementSibling : next.previousElementSibling;
    }

    if (next !== null) {
      next.focus({ preventScroll: true });
      next.scrollIntoView({ block: 'nearest' });
    }
  }

  dispose() {
    this.#abort.abort();
    cancelAnimationFrame(this.#frame);
  }

  #push(items) {
    this.#waiting.push(...items);
    if (this.#waiting.length > most) {
      this.#waiting.splice(0, this.#waiting.length - most);
    }

    this.#schedule();
  }

  #schedule() {
    if (!this.#held && this.#frame === 0) {
      this.#frame = requestAnimationFrame(() => this.#draw());
    }
  }

  #draw() {
    this.#frame = 0;
    if (this.#held) {
      return;
    }

    const fragment = document.createDocumentFragment();
    for (const item of this.#waiting) {
      fragment.append(item.row ? this.#rowElement(item.row) : this.#noteElement(item));
    }

    const tooMany = this.#list.childElementCount + this.#waiting.length - most;
    this.#waiting = [];
    for (let i = 0; i < tooMany; i++) {
      this.#list.firstElementChild.remove();
    }

    this.#list.append(fragment);
    if (this.#follow) {
      this.#toBottom();
    }
  }

  #rowElement(row) {
    const element = document.createElement('div');
    const level = levels.has(row.Level) ? row.Level : 'unknown';
    element.className = `lv-tail-row lv-level-${level}`;
    element.setAttribute('role', 'row');
    element.tabIndex = -1;
    element.append(cell('lv-tail-time', this.#times.ofDay(row.TimestampNs)), cell('lv-tail-level', level === 'unknown' ? '' : level));
    for (let i = 0; i < this.#columns; i++) {
      const value = cell('lv-tail-value', '');
      this.#highlighter.writePlain(value, row.Values[i] ?? '');
      element.append(value);
    }

    const message = cell('lv-tail-message', '');
    this.#highlighter.write(message, this.#message(row));
    element.append(message);
    if (row.Lines > 1) {
      element.append(cell('lv-tail-lines', `+${row.Lines - 1}`));
    }

    this.#data.set(element, row);
    return element;
  }

  #message(row) {
    return row.IsCut ? `${row.Message}…` : row.Message;
  }

  #noteElement({ note, text }) {
    const element = document.createElement('div');
    element.className = `lv-tail-note lv-tail-${note}`;
    element.setAttribute('role', 'row');
    element.dataset.testid = `tail-${note}`;
    element.append(cell('', text));
    return element;
  }

  #toBottom() {
    this.#list.scrollTop = this.#list.scrollHeight;
    this.#lastTop = this.#list.scrollTop;
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.#list;
    if (this.#follow && scrollTop < this.#lastTop - 2) {
      this.#events.onScrolledUp();
    } else if (!this.#follow && scrollTop > this.#lastTop && scrollTop + clientHeight >= scrollHeight - 4) {
      this.#events.onScrolledDown();
    }

    this.#lastTop = this.#list.scrollTop;
  }

  #selecting() {
    const selection = document.getSelection();
    if (selection !== null && !selection.isCollapsed && this.#list.contains(selection.anchorNode)) {
      this.#events.onSelecting();
    }
  }

  #clicked(e) {
    const element = e.target.closest('.lv-tail-row');
    // Marking text ends with a click too.
    if (element !== null && (document.getSelection()?.isCollapsed ?? true)) {
      this.#open(element);
    }
  }

  #key(e) {
    const element = e.target.closest('.lv-tail-row');
    if (e.key === 'Enter' && element !== null && !e.isComposing) {
      e.preventDefault();
      this.#open(element);
    }
  }

  #open(element) {
    element.focus({ preventScroll: true });
    this.setOpened(element);
    this.#events.onOpen(this.#data.get(element));
  }

  #hovered(e) {
    const time = e.target.closest('.lv-tail-time');
    const row = time && this.#data.get(time.parentElement);
    if (row && !time.title) {
      time.title = this.#times.full(row.TimestampNs);
    }
  }
}
