// The editor of QueryBox: a textarea over a painted copy of its text. The query is hostile text too: only text nodes are made.
const TYPING_PAUSE_MS = 350;
const COMPLETION_PAUSE_MS = 120;
const TOKENS = /("(?:\\.|[^"\\])*"?)|((?:[\p{L}\p{N}_@*][\p{L}\p{N}_@.*-]*)(?=\s*(?::|<=?|>=?)))|(\b(?:and|or|not|to)\b)/giu;

class Editor {
  constructor(root, component, text) {
    this.component = component;
    this.box = root.querySelector('textarea');
    this.paintLayer = root.querySelector('.lv-query-paint');
    this.list = root.querySelector('.lv-query-list');
    this.error = { at: -1, length: 0 };
    this.offers = [];
    this.selected = -1;
    this.box.addEventListener('input', e => this.onInput(e));
    this.box.addEventListener('keydown', e => this.onKey(e));
    this.box.addEventListener('blur', () => this.close());
    this.box.addEventListener('focus', () => this.grow());
    this.list.addEventListener('mousedown', e => this.onPick(e));
    new ResizeObserver(() => this.grow()).observe(root);
    this.takeUp(text);
    this.paint();
  }

  // What was typed before this script came was kept by js/early.js, in the box and on it.
  takeUp(text) {
    const { typed, run } = this.box.dataset;
    this.box.dataset.live = '';
    if (typed === undefined && this.box.value !== text) {
      this.box.value = text;
    }
    if (run !== undefined) {
      this.report('Run', run);
    }
    if (this.box.value !== (run ?? text)) {
      this.report('Typed', this.box.value);
    }
  }

  report(what, text) {
    this.component.invokeMethodAsync(what, text).catch(() => { });
  }

  onInput(e) {
    this.error = { at: -1, length: 0 };
    this.paint();
    clearTimeout(this.typing);
    clearTimeout(this.completing);
    if (e.isComposing) {
      return;
    }
    this.typing = setTimeout(() => this.report('Typed', this.box.value), TYPING_PAUSE_MS);
    this.completing = setTimeout(() => this.complete(), COMPLETION_PAUSE_MS);
  }

  onKey(e) {
    // 229 is what Safari reports for the Enter that ends a composition.
    if (e.isComposing || e.keyCode === 229) {
      return;
    }
    const open = !this.list.hidden;
    if (open && (e.key === 'ArrowDown' || e.key === 'ArrowUp')) {
      e.preventDefault();
      this.select((this.selected + (e.key === 'ArrowDown' ? 1 : -1) + this.offers.length) % this.offers.length);
    } else if (open && (e.key === 'Tab' || e.key === 'Enter') && this.selected >= 0) {
      e.preventDefault();
      this.take(this.offers[this.selected]);
    } else if (open && e.key === 'Escape') {
      e.preventDefault();
      e.stopPropagation();
      this.close();
    } else if (e.key === 'Enter' && !e.shiftKey) {
      e.preventDefault();
      this.run();
    } else if (e.key === ' ' && e.ctrlKey) {
      e.preventDefault();
      this.complete();
    } else if (e.key === 'Escape') {
      this.box.blur();
    }
  }

  run() {
    clearTimeout(this.typing);
    clearTimeout(this.completing);
    this.close();
    this.report('Run', this.box.value);
  }

  async complete() {
    const text = this.box.value, caret = this.box.selectionStart;
    const offers = await this.component.invokeMethodAsync('Complete', text, caret).catch(() => []);
    if (text === this.box.value && document.activeElement === this.box) {
      this.show(offers);
    }
  }

  show(offers) {
    this.offers = offers;
    this.list.replaceChildren(...offers.map((offer, i) => {
      const item = document.createElement('li');
      item.role = 'option';
      item.id = `${this.list.id}-${i}`;
      item.dataset.at = i;
      for (const part of [offer.label, offer.detail ?? '']) {
        item.appendChild(document.createElement('span')).textContent = part;
      }
      return item;
    }));
    this.list.hidden = offers.length === 0;
    this.select(-1);
  }

  select(at) {
    this.selected = at;
    [...this.list.children].forEach((item, i) => item.setAttribute('aria-selected', String(i === at)));
    const item = this.list.children[at];
    item?.scrollIntoView({ block: 'nearest' });
    if (item) {
      this.box.setAttribute('aria-activedescendant', item.id);
    } else {
      this.box.removeAttribute('aria-activedescendant');
    }
  }

  onPick(e) {
    const item = e.target.closest('li');
    if (item) {
      e.preventDefault();
      this.take(this.offers[Number(item.dataset.at)]);
    }
  }

  take(offer) {
    this.box.setRangeText(offer.insert, offer.start, offer.start + offer.length, 'end');
    this.close();
    this.box.dispatchEvent(new InputEvent('input'));
  }

  close() {
    if (!this.list.hidden) {
      this.show([]);
    }
  }

  paint() {
    const text = this.box.value;
    const marks = [...text.matchAll(TOKENS)].map(m => ({
      at: m.index, end: m.index + m[0].length, name: m[1] ? 'lv-q-text' : m[2] ? 'lv-q-field' : 'lv-q-word',
    }));
    const { at, length } = this.error;
    const cuts = new Set([0, text.length]);
    marks.forEach(m => cuts.add(m.at).add(m.end));
    if (at >= 0) {
      cuts.add(Math.min(at, text.length)).add(Math.min(at + length, text.length));
    }
    const points = [...cuts].sort((a, b) => a - b);
    const parts = [];
    for (let i = 0; i + 1 < points.length; i++) {
      const span = document.createElement('span');
      span.textContent = text.slice(points[i], points[i + 1]);
      span.className = marks.find(m => m.at <= points[i] && points[i] < m.end)?.name ?? '';
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
    this.paintLayer.replaceChildren(...parts);
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
  if (editor.box && (known === null || editor.box.value === known)) {
    editor.box.value = text;
    editor.error = { at: -1, length: 0 };
    editor.paint();
  }
}

export function underline(editor, at, length) {
  if (editor.box) {
    editor.error = { at, length };
    editor.paint();
  }
}

export function focus(editor) {
  editor?.box?.focus();
  editor?.box?.select();
}
