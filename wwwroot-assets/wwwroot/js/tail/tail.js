// The Live tail page in the browser: ties the stream, the list and the controls together. Blazor draws the frame around and opens
// details; nothing that ticks goes through it.
import { Counters } from './counters.js';
import { Highlighter, wordsOf } from './highlight.js';
import * as preferences from './preferences.js';
import { Rows } from './rows.js';
import * as sound from './sound.js';
import { TailStream } from './stream.js';

const number = new Intl.NumberFormat();

/** {0} in a text is replaced. */
const fill = (text, value) => text.replace('{0}', value);

/** The key at this place of the keyboard, also under an input method. */
function keyOf(e) {
  return e.key.length === 1 && e.key > '\x7f' && e.code.startsWith('Key') ? (e.shiftKey ? e.code[3] : e.code[3].toLowerCase()) : e.key;
}

class TailPage {
  #root;
  #page;
  #texts;
  #parts = {};
  #counters;
  #rows;
  #stream;
  #highlighter = new Highlighter();
  #preferences = preferences.read();
  #reasons = new Set();     // why the view is paused
  #matchedAtPause = 0;
  #stopAfter = 0;
  #stopAt = Infinity;       // rows shown live when the stream stops by itself
  #live = 0;                // rows shown live since the last start
  #rest = [];               // rows of the last batch beyond that
  #state = 'connecting';
  #abort = new AbortController();

  constructor(root, page, texts) {
    this.#root = root;
    this.#page = page;
    this.#texts = texts;
    for (const part of root.querySelectorAll('[data-tail]')) {
      this.#parts[part.dataset.tail] = part;
    }

    this.#counters = new Counters(this.#parts, texts);
    this.#rows = new Rows(this.#parts.rows, this.#highlighter, {
      onOpen: row => this.#open(row),
      onScrolledUp: () => this.#pause('scrolled'),
      onScrolledDown: () => this.#resume('scrolled'),
      onSelecting: () => this.#pause('selecting'),
    });
    this.#stream = new TailStream({
      onStart: request => this.#started(request),
      onBatch: (rows, status, isBackfill) => this.#batch(rows, status, isBackfill),
      onProblem: (problem, goesOn) => this.#problem(problem, goesOn),
      onState: (state, detail) => this.#connection(state, detail),
      onResumed: (seconds, gap) => gap ?? this.#rows.note('note', fill(texts.resumed, seconds < 10 ? seconds.toFixed(1) : Math.round(seconds))),
    });
    this.#listen();
    this.#applyPreferences();
  }

  /** Follows another request; the view starts at its end. */
  follow(request) {
    this.#setStopAfter(this.#stopAfter);
    this.#stream.follow(request);
  }

  /** @param zone IANA name of the zone of times; null: the browser's */
  setZone(zone) {
    this.#rows.setZone(zone);
  }

  /** The detail was closed. */
  closed() {
    this.#rows.close();
    this.#resume('detail');
  }

  dispose() {
    this.#abort.abort();
    this.#stream.close();
    this.#rows.dispose();
    this.#counters.dispose();
  }

  #started(request) {
    this.#rows.clear();
    this.#rows.setColumns(request.Columns);
    this.#counters.reset();
    this.#live = 0;
    this.#reasons.clear();
    this.#showPause();
    this.#page.invokeMethodAsync('Started').catch(() => { });
  }

  #batch(rows, status, isBackfill) {
    if (status.Gap) {
      this.#rows.note('gap', this.#gapText(status.Gap));
    }

    // Rows left out are older than the rows of their batch.
    const leftOut = status.LeftOut - (this.#counters.status?.LeftOut ?? 0);
    if (leftOut > 0) {
      this.#rows.note('leftout', fill(this.#texts.leftOutHere, number.format(leftOut)));
    }

    this.#counters.set(status);
    if (!isBackfill && rows.length > 0) {
      this.#live += rows.length;
      if (this.#preferences.sound) {
        this.#parts.sound.classList.toggle('lv-silenced', !sound.alertNow());
      }
    }

    const excess = this.#live - this.#stopAt;
    if (excess >= 0 && !isBackfill) {
      this.#rows.add(rows.slice(0, rows.length - excess));
      this.#rest = rows.slice(rows.length - excess);
      this.#stopped();
    } else {
      this.#rows.add(rows);
    }

    this.#parts.empty.hidden = status.Matched > 0;
    this.#showPill();
  }

  /** After so many rows the stream ends at its position; what came beyond is drawn when it goes on. */
  #stopped() {
    this.#stream.stop();
    this.#rows.note('note', fill(this.#texts.stoppedAfter, number.format(this.#stopAfter)));
  }

  #goOn() {
    this.#rows.add(this.#rest);
    this.#setStopAfter(this.#stopAfter);
    this.#rest = [];
    this.#stream.resume();
  }

  #gapText(gap) {
    const time = text => text === null ? '?' : this.#rows.timeOf(Date.parse(text)).slice(0, 8);
    return `${this.#texts.gap} ${time(gap.From)} – ${time(gap.To)}: ${gap.Reason}`;
  }

  #problem(problem, goesOn) {
    if (!goesOn) {
      this.#connection('problem', {});
    }

    this.#page.invokeMethodAsync('Refused', problem.Kind, problem.Message, problem.Query ?? null).catch(() => { });
  }

  #connection(state, detail) {
    if (state === this.#state && state !== 'waiting') {
      return;
    }

    this.#state = state;
    this.#root.dataset.state = state;
    this.#parts.state.textContent = state === 'waiting' ? fill(this.#texts.waiting, Math.max(1, Math.round(detail.seconds))) : this.#texts[state];
    this.#parts.goOn.hidden = state !== 'stopped';
    this.#parts.signIn.hidden = state !== 'signedOut';
  }

  #open(row) {
    this.#pause('detail');
    this.#page.invokeMethodAsync('Open', row.DataStream, row.Id, row.TimestampNs).catch(() => { });
  }

  #pause(reason) {
    if (this.#reasons.size === 0) {
      this.#matchedAtPause = this.#counters.status?.Matched ?? 0;
      this.#rows.hold();
    }

    this.#reasons.add(reason);
    this.#showPause();
  }

  #resume(reason) {
    // Scrolling down ends a pause by scrolling; a pause by button ends by button.
    if (this.#reasons.delete(reason) && this.#reasons.size === 0) {
      this.#rows.release();
    }

    this.#showPause();
  }

  /** Ends every pause. */
  #follow() {
    document.getSelection()?.removeAllRanges();
    this.#reasons.clear();
    this.#rows.release();
    this.#showPause();
  }

  #togglePause() {
    if (this.#reasons.size > 0) {
      this.#follow();
    } else {
      this.#pause('button');
    }
  }

  #showPause() {
    const paused = this.#reasons.size > 0;
    this.#root.dataset.paused = paused;
    this.#parts.pause.setAttribute('aria-pressed', paused);
    this.#parts.pauseText.textContent = paused ? this.#texts.resume : this.#texts.pause;
    this.#showPill();
  }

  #showPill() {
    const isNew = Math.max(0, (this.#counters.status?.Matched ?? 0) - this.#matchedAtPause);
    this.#parts.pill.hidden = this.#reasons.size === 0;
    this.#parts.pillText.textContent = fill(this.#texts.isNew, number.format(isNew));
    this.#parts.pill.dataset.value = isNew;
  }

  #setStopAfter(rows) {
    this.#stopAfter = rows;
    this.#stopAt = rows > 0 ? this.#live + rows : Infinity;
  }

  #applyPreferences() {
    const { wrap, sound: isLoud, words } = this.#preferences;
    this.#root.dataset.wrap = wrap;
    this.#parts.wrap.setAttribute('aria-pressed', wrap);
    this.#parts.sound.setAttribute('aria-pressed', isLoud);
    if (this.#parts.words !== document.activeElement) {
      this.#parts.words.value = words;
    }

    this.#highlighter.set(wordsOf(words));
  }

  #prefer(change) {
    this.#preferences = { ...this.#preferences, ...change };
    preferences.write(this.#preferences);
    this.#applyPreferences();
  }

  #listen() {
    const on = (part, event, handler) => this.#parts[part].addEventListener(event, handler, { signal: this.#abort.signal });
    on('pause', 'click', () => this.#togglePause());
    on('pill', 'click', () => this.#follow());
    on('clear', 'click', () => this.#rows.clear());
    on('goOn', 'click', () => this.#goOn());
    on('wrap', 'click', () => this.#prefer({ wrap: !this.#preferences.wrap }));
    on('sound', 'click', () => {
      sound.allow();
      this.#prefer({ sound: !this.#preferences.sound });
    });
    on('words', 'input', e => {
      // While an input method composes the words are not there yet.
      if (!e.isComposing) {
        this.#prefer({ words: this.#parts.words.value });
        this.#rows.repaint();
      }
    });
    on('words', 'compositionend', () => {
      this.#prefer({ words: this.#parts.words.value });
      this.#rows.repaint();
    });
    on('stopAfter', 'change', e => this.#setStopAfter(Math.max(0, Math.floor(Number(e.target.value) || 0))));
    document.addEventListener('keydown', e => this.#key(e), { signal: this.#abort.signal });
  }

  #key(e) {
    const at = e.target instanceof Element ? e.target : document.body;
    if (e.defaultPrevented || e.isComposing || e.ctrlKey || e.metaKey || e.altKey
        || at.closest('input, textarea, select, [contenteditable="true"], [role="dialog"], .mud-dialog')) {
      return;
    }

    const action = {
      ' ': () => at.closest('button, a, summary, [role="tab"]') === null && (this.#togglePause(), true),
      'End': () => (this.#follow(), true),
      'j': () => (this.#rows.move(1), true),
      'k': () => (this.#rows.move(-1), true),
      'e': () => (this.#rows.move(1, true), true),
      'E': () => (this.#rows.move(-1, true), true),
    }[keyOf(e)];
    if (action?.()) {
      e.preventDefault();
      if ('jkeE'.includes(keyOf(e))) {
        this.#pause('reading');
      }
    }
  }
}

/**
 * @param root the element with all data-tail parts
 * @param page .NET: Started(), Refused(kind, message, queryError), Open(dataStream, id, timestampNs)
 * @param texts localised texts by name
 */
export function mount(root, page, texts) {
  return root ? new TailPage(root, page, texts) : {}; // the viewer has left before the page began
}
