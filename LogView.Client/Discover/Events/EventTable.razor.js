// Pixels of the tallest list that scrolls as it is; the style sheet has the same number. Of a taller one the scroll bar is a scale: a jump goes to its share of the rows, and from there
// rows scroll pixel by pixel, until the place has drifted too far from its share.
const MOST = 10000000;
const DRIFT = 40000;

// Rows that the table is told of at once when they went by; fewer wait until scrolling stops. The margin drawn around the screen is several times this.
const STEP = 8;
const PAUSE_MS = 100;

// Tells the table which rows are on screen, one message at a time, and turns clicks and arrow keys into calls.
class View {
  constructor(root, table) {
    this.root = root;
    this.table = table;
    this.asked = [-1, -1];
    this.busy = false;
    this.offset = 0;
    this.top = 0;
    this.all = root.querySelector('.lv-all');
    this.shift = this.wanted;
    this.stop = new AbortController();
    const signal = this.stop.signal;
    root.addEventListener('scroll', () => this.onScroll(), { passive: true, signal });
    root.addEventListener('click', e => this.onClick(e), { signal });
    root.addEventListener('keydown', e => this.onKey(e), { signal });
    this.more = root.querySelector('.lv-cellmore');
    root.addEventListener('mouseover', e => this.onOver(e), { signal });
    root.addEventListener('mouseleave', () => this.hideMore(), { signal });
    this.more.addEventListener('click', e => this.onMore(e), { signal });
    this.size = new ResizeObserver(() => this.onScroll());
    this.size.observe(root);
    this.size.observe(this.all);
    this.lines = new MutationObserver(() => this.onLines());
    this.lines.observe(this.all, { attributeFilter: ['data-shift'] });
    this.tell();
    root.dataset.live = '';
    if (root.clickedEarly?.isConnected) {
      this.onClick({ target: root.clickedEarly });
    }
    root.clickedEarly = null;
  }

  get rowHeight() {
    return parseFloat(getComputedStyle(this.root).getPropertyValue('--lv-row-height')) || 24;
  }

  get headHeight() {
    return this.root.firstElementChild.offsetHeight;
  }

  get space() {
    return this.root.clientHeight - this.headHeight;
  }

  // Pixels that the rows would take, and those they take.
  get heights() {
    const all = Number(this.all.style.getPropertyValue('--lv-rows')) * this.rowHeight;
    return { all, shown: Math.min(all, MOST) };
  }

  onScroll() {
    this.hideMore();
    const { all, shown } = this.heights, top = this.root.scrollTop;
    if (all === shown) {
      this.move(0);
    } else if (Math.abs(top - this.top) >= this.space) {
      this.move(Math.min(1, top / Math.max(1, shown - this.space)) * (all - shown));
    } else {
      this.settle(top + this.offset);
    }
    this.top = this.root.scrollTop;
    this.tell();
  }

  // Lines came or went above what is read: it stays where it is on screen. Calls of the server may come with the lines, before the observer.
  onLines() {
    const by = this.wanted - this.shift;
    if (by === 0) {
      return;
    }
    this.shift += by;
    this.asked = [-1, -1];
    this.goTo(Math.max(0, this.top + this.offset + by * this.rowHeight));
  }

  get wanted() {
    return Number(this.all.dataset.shift) || 0;
  }

  move(offset) {
    this.offset = Math.round(offset);
    this.root.querySelector('.lv-shift').style.transform = this.offset === 0 ? '' : `translateY(-${this.offset}px)`;
  }

  // Where the rows at this height belong on the scroll bar; nothing moves on screen.
  settle(y, always) {
    const { all, shown } = this.heights;
    const place = Math.max(0, Math.min(y, all - this.space));
    const top = place / Math.max(1, all - this.space) * (shown - this.space);
    const now = this.root.scrollTop;
    const atEnd = now <= 0 && this.offset > 0 || now >= shown - this.space - 1 && this.offset < all - shown - 1;
    if (always || atEnd || Math.abs(place - top - this.offset) > DRIFT) {
      this.move(place - top);
      this.root.scrollTop = place - this.offset;
    }
  }

  goTo(y) {
    const { all, shown } = this.heights;
    if (all === shown) {
      this.root.scrollTop = y;
    } else {
      this.settle(y, true);
    }
    this.top = this.root.scrollTop;
    this.tell();
  }

  async tell(stopped) {
    const first = Math.floor((this.root.scrollTop + this.offset) / this.rowHeight);
    const count = Math.ceil(this.space / this.rowHeight) + 1;
    const moved = Math.abs(first - this.asked[0]), same = this.asked[0] >= 0 && count === this.asked[1];
    clearTimeout(this.pause);
    if (this.busy || (same && moved === 0)) {
      return;
    }
    if (same && moved < STEP && !stopped) {
      this.pause = setTimeout(() => this.tell(true), PAUSE_MS);
      return;
    }
    this.busy = true;
    this.asked = [first, count];
    await this.table.invokeMethodAsync('Show', first, count, this.shift).catch(() => { });
    this.busy = false;
    if (!this.stop.signal.aborted) {
      this.tell();
    }
  }

  // One button for all values: it comes to the one under the pointer.
  onOver(e) {
    if (this.more.contains(e.target)) {
      return;
    }
    const cell = e.target.closest('[data-c]'), row = cell?.closest('[data-i]');
    if (!row) {
      this.hideMore();
      return;
    }
    const at = cell.getBoundingClientRect(), table = this.root.getBoundingClientRect();
    this.over = [Number(row.dataset.i), Number(cell.dataset.c)];
    this.more.style.left = `${Math.min(at.right, table.left + this.root.clientWidth) - 24}px`;
    this.more.style.top = `${at.top + Math.min(0, (at.height - 18) / 2)}px`;
    this.more.hidden = false;
  }

  hideMore() {
    this.more.hidden = true;
  }

  onMore(e) {
    e.stopPropagation();
    const at = this.more.getBoundingClientRect();
    this.table.invokeMethodAsync('Menu', ...this.over, at.left, at.bottom).catch(() => { });
    this.hideMore();
  }

  onClick(e) {
    const row = e.target.closest('[data-i]');
    if (e.target.closest('.lv-times')) {
      this.table.invokeMethodAsync('ToggleRun', Number(row.dataset.i)).catch(() => { });
      return;
    }
    const beside = e.target.closest('[data-beside]');
    const selecting = !getSelection().isCollapsed && (row ?? beside)?.contains(getSelection().anchorNode);
    if (row && !selecting && !e.target.closest('button, a, .lv-head')) {
      this.table.invokeMethodAsync('Open', Number(row.dataset.i)).catch(() => { });
    } else if (beside && !selecting) {
      this.table.invokeMethodAsync('OpenAside', Number(beside.dataset.beside)).catch(() => { });
    }
  }

  // The menu of the value that keys went to, or of the message where they went to none.
  openMenu(row, cell) {
    cell ??= row.querySelector('.lv-message[data-c]') ?? row.querySelector('[data-c]');
    const at = cell.getBoundingClientRect();
    this.table.invokeMethodAsync('Menu', Number(row.dataset.i), Number(cell.dataset.c), Math.min(at.right, at.left + 220), at.bottom).catch(() => { });
  }

  onKey(e) {
    if (e.target !== this.root || e.ctrlKey || e.metaKey || e.altKey) {
      return;
    }
    const row = this.root.querySelector('[data-i][aria-selected="true"]'), active = row?.querySelector('.lv-active[data-c]');
    if (row && (e.key === 'ContextMenu' || e.key === 'F10' && e.shiftKey || e.key === 'Enter' && active)) {
      e.preventDefault();
      this.openMenu(row, active);
      return;
    }
    if (row && (e.key === 'ArrowRight' || e.key === 'ArrowLeft' && active)) {
      e.preventDefault();
      this.table.invokeMethodAsync('MoveValue', e.key === 'ArrowRight' ? 1 : -1)
        .then(() => this.root.querySelector('.lv-active')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })).catch(() => { });
      return;
    }
    const page = Math.max(1, Math.floor(this.root.clientHeight / this.rowHeight) - 2);
    const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -1e9, End: 1e9 };
    const times = e.key === ' ' && this.root.querySelector('[aria-selected="true"] .lv-times');
    if (times) {
      e.preventDefault();
      times.click();
    } else if (e.key in moves) {
      e.preventDefault();
      this.table.invokeMethodAsync('Move', moves[e.key]).catch(() => { });
    }
  }

  reveal(index) {
    this.onLines();
    const height = this.rowHeight, y = index * height, from = this.root.scrollTop + this.offset;
    if (y < from) {
      this.goTo(y);
    } else if (y > from + this.space - height) {
      this.goTo(y - this.space + height);
    }
  }
}

// A table that is gone before its script comes has no element.
export function watch(root, table) {
  return root ? new View(root, table) : {};
}

// Resolves after the next frame; a page that nobody sees paints none.
export function painted() {
  return new Promise(resolve => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, 300);
  });
}

export function reveal(view, index) {
  view?.reveal?.(index);
}

export function scrollTo(view, index) {
  view?.onLines?.();
  view?.goTo?.(index * view.rowHeight);
}

export function forget(view) {
  view?.stop?.abort();
  clearTimeout(view?.pause);
  view?.size?.disconnect();
  view?.lines?.disconnect();
}
