// The editor of QueryBox: a textarea over a painted copy of its text, which keeps input methods, undo and screen readers the browser's own.
import * as history from '/js/editor/history.js';
import { Offers } from '/js/editor/offers.js';
import { paint } from '/js/editor/paint.js';

const TYPING_PAUSE_MS = 350;
const COMPLETION_PAUSE_MS = 120;
const MAX_LENGTH = 16384;
const EARLIER_OFFERED = 3;

class Editor {
  constructor(root, component, text) {
    this.component = component;
    this.root = root;
    this.box = root.querySelector('textarea');
    this.paintLayer = root.querySelector('.lv-query-paint');
    this.tooLong = root.querySelector('.lv-query-long');
    this.offers = new Offers(root.querySelector('.lv-query-list'), this.box, root.querySelector('.lv-query-says'), offer => this.take(offer));
    this.error = { at: -1, length: 0 };
    this.composing = false;
    this.recalled = -1;
    this.turn = 0;
    this.box.addEventListener('input', e => this.onInput(e));
    this.box.addEventListener('keydown', e => this.onKey(e));
    this.box.addEventListener('compositionstart', () => this.onComposition(true));
    this.box.addEventListener('compositionend', () => this.onComposition(false));
    this.box.addEventListener('blur', () => this.offers.close());
    this.box.addEventListener('focus', () => this.grow());
    new ResizeObserver(() => this.grow()).observe(root);
    this.takeUp(text);
    this.paint();
  }

  get isTooLong() {
    return this.box.value.length > MAX_LENGTH;
  }

  // What was typed before this script came was kept by js/early.js, in the box and on it.
  takeUp(text) {
    const { typed, run } = this.box.dataset;
    this.box.dataset.live = '';
    if (typed === undefined && this.box.value !== text) {
      this.box.value = text;
    }
    if (run !== undefined) {
      this.reportRun(run);
    }
    if (this.box.value !== (run ?? text)) {
      this.report('Typed', this.box.value);
    }
  }

  // What is too long is not sent: it says so here, and is not cut.
  async report(what, text) {
    return text.length > MAX_LENGTH ? null : await this.component.invokeMethodAsync(what, text).catch(() => null);
  }

  async reportRun(text) {
    if (await this.report('Run', text) === true) {
      history.add(text);
    }
  }

  onInput(e) {
    this.error = { at: -1, length: 0 };
    if (this.offers.isOpen && !this.stillOffered) {
      this.offers.close();
    }
    this.paint();
    this.recalled = this.recalling ? this.recalled : -1;
    this.wait(!(e.isComposing || this.composing), !this.quiet);
  }

  // Between the start and the end of a composition nothing is sent, completed or run.
  onComposition(composing) {
    this.composing = composing;
    if (composing) {
      this.offers.close();
    }
    this.wait(!composing, !composing);
  }

  wait(reports, completes) {
    clearTimeout(this.typing);
    clearTimeout(this.completing);
    this.turn++;
    if (reports) {
      this.typing = setTimeout(() => this.report('Typed', this.box.value), TYPING_PAUSE_MS);
    }
    if (reports && completes) {
      this.completing = setTimeout(() => this.complete(false), COMPLETION_PAUSE_MS);
    } else {
      this.offers.close();
    }
  }

  onKey(e) {
    // 229 is what Safari reports for the Enter that ends a composition.
    if (e.isComposing || this.composing || e.keyCode === 229) {
      return;
    }
    if (this.offers.isOpen ? this.onListKey(e) || this.onPlainKey(e) : this.onPlainKey(e)) {
      e.preventDefault();
    }
  }

  onListKey(e) {
    if ((e.key === 'ArrowDown' || e.key === 'ArrowUp') && !e.altKey) {
      this.offers.step(e.key === 'ArrowDown' ? 1 : -1);
    } else if ((e.key === 'Tab' || e.key === 'Enter') && this.offers.current) {
      this.take(this.offers.current);
    } else if (e.key === 'Escape') {
      e.stopPropagation();
      this.offers.close();
    } else {
      return false;
    }
    return true;
  }

  onPlainKey(e) {
    if (e.key === 'Enter' && !e.shiftKey) {
      this.run();
    } else if (e.key === ' ' && e.ctrlKey) {
      this.complete(true);
    } else if (e.altKey && (e.key === 'ArrowUp' || e.key === 'ArrowDown')) {
      this.recall(e.key === 'ArrowUp' ? 1 : -1);
    } else if ((e.key === 'ArrowUp' || e.key === 'ArrowDown') && this.box.value === '') {
      this.showEarlier();
    } else if (e.key === 'F1') {
      this.root.querySelector('.lv-query-help .lv-drop > button').click();
    } else if (e.key === 'Escape') {
      this.box.blur();
    } else {
      return false;
    }
    return true;
  }

  run() {
    this.wait(false, false);
    this.reportRun(this.box.value);
  }

  async complete(asked) {
    const text = this.box.value, caret = this.box.selectionStart, before = text.slice(0, caret), turn = ++this.turn;
    // After a blank nothing has begun yet, unless a value is awaited.
    if (this.isTooLong || (!asked && /^$|\s$/u.test(before) && !/[:<>=]\s*$/u.test(before))) {
      this.offers.close();
      return;
    }
    const found = await this.component.invokeMethodAsync('Complete', text, caret).catch(() => []) ?? [];
    if (turn === this.turn && text === this.box.value && caret === this.box.selectionStart && document.activeElement === this.box && !this.composing) {
      this.offer([...found, ...this.earlier(text, asked)]);
    }
  }

  offer(offers) {
    this.offered = { text: this.box.value, caret: this.box.selectionStart };
    this.offers.show(offers);
  }

  // The list stays while its word is typed on, until the offers for the longer word come: it may be taken before they do.
  get stillOffered() {
    const { text, caret } = this.offered, value = this.box.value, after = text.slice(caret), before = text.slice(0, caret);
    const now = value.slice(0, value.length - after.length);
    return value.endsWith(after) && (now.startsWith(before) || before.startsWith(now)) && this.offers.offers.every(o => (o.start ?? 0) <= now.length);
  }

  // Earlier queries that what is typed is a part of.
  earlier(text, asked) {
    const part = text.trim().toLowerCase();
    return part === '' && !asked ? [] : history.all().filter(q => q.toLowerCase().includes(part) && q !== text.trim()).slice(0, EARLIER_OFFERED)
      .map(q => this.earlierOffer(q));
  }

  earlierOffer(query) {
    return { label: query, insert: query, start: 0, length: this.box.value.length, detail: this.root.dataset.earlier };
  }

  showEarlier() {
    const queries = history.all();
    this.wait(true, false);
    if (queries.length > 0) {
      this.offer([...queries.map(q => this.earlierOffer(q)), { label: this.root.dataset.forget, forgets: true }]);
      this.offers.step(1);
    }
  }

  // Alt+Up goes back in the history, Alt+Down forward and at last to what was typed.
  recall(by) {
    const queries = history.all();
    const at = Math.min(this.recalled + by, queries.length - 1);
    if (at < -1 || at === this.recalled) {
      return;
    }
    if (this.recalled < 0) {
      this.draft = this.box.value;
    }
    this.recalled = at;
    this.recalling = true;
    this.replace(at < 0 ? this.draft : queries[at]);
    this.recalling = false;
  }

  take(offer) {
    this.offers.close();
    if (offer.forgets) {
      history.clear();
    } else {
      const typedSince = this.box.value.length - this.offered.text.length;
      this.insert(offer.insert, offer.start, offer.start + offer.length + typedSince);
      // The caret now stands where a value begins, or after a whole one.
      this.wait(true, /[:>=<]\s*$/u.test(offer.insert));
    }
  }

  replace(text) {
    this.quiet = true;
    this.insert(text, 0, this.box.value.length);
    this.quiet = false;
  }

  // The only way to change a text that the browser can undo. Without the focus there is no undo to keep.
  insert(text, start, end) {
    this.box.focus();
    this.box.setSelectionRange(start, end);
    const done = text === '' ? start === end || document.execCommand('delete') : document.execCommand('insertText', false, text);
    if (!done) {
      this.box.setRangeText(text, start, end, 'end');
      this.box.dispatchEvent(new InputEvent('input'));
    }
  }

  // An example of the cheat sheet: in an empty box alone, else as a further clause.
  addClause(text) {
    const before = this.box.value.trimEnd();
    const joint = before === '' ? '' : this.root.dataset.language === 'Lucene' ? ' AND ' : ' and ';
    this.quiet = true;
    this.insert(joint + text, before.length, this.box.value.length);
    this.quiet = false;
  }

  paint() {
    const length = this.box.value.length;
    paint(this.paintLayer, this.box.value, this.error, this.isTooLong);
    this.tooLong.hidden = !this.isTooLong;
    if (this.isTooLong) {
      this.tooLong.textContent = this.tooLong.dataset.words.replace('{0}', length.toLocaleString('en')).replace('{1}', MAX_LENGTH.toLocaleString('en'));
    }
    this.grow();
  }

  grow() {
    this.box.style.height = '30px';
    // The height of an empty box is that of its placeholder, which is one line.
    this.box.style.height = `${this.box.value === '' ? 30 : Math.max(30, this.box.scrollHeight)}px`;
    this.box.style.overflowY = this.box.scrollHeight > innerHeight * .4 ? 'auto' : 'hidden';
  }
}

// A box that is gone before its script comes has no element.
export function attach(root, component, text) {
  return root ? new Editor(root, component, text) : {};
}

export function read(editor) {
  return editor.box?.value ?? null;
}

// Unless something was typed since the text that the server knows of (null: in any case): nobody's typing is overwritten.
export function write(editor, text, known) {
  if (!editor.box || editor.composing || (known !== null && editor.box.value !== known)) {
    return;
  }
  if (known === null || document.activeElement === editor.box) {
    editor.replace(text);
  } else {
    editor.box.value = text;
  }
  editor.wait(false, false);
  editor.error = { at: -1, length: 0 };
  editor.paint();
}

export function addClause(editor, text) {
  editor.addClause?.(text);
}

export function underline(editor, at, length) {
  if (editor.box) {
    editor.error = { at, length };
    editor.paint();
  }
}
