// Tells the table which rows are on screen, one message at a time, and turns clicks and arrow keys into calls.
class View {
  constructor(root, table) {
    this.root = root;
    this.table = table;
    this.asked = [-1, -1];
    this.busy = false;
    this.stop = new AbortController();
    const signal = this.stop.signal;
    root.addEventListener('scroll', () => this.tell(), { passive: true, signal });
    root.addEventListener('click', e => this.onClick(e), { signal });
    root.addEventListener('keydown', e => this.onKey(e), { signal });
    this.size = new ResizeObserver(() => this.tell());
    this.size.observe(root);
    this.tell();
  }

  get rowHeight() {
    return parseFloat(getComputedStyle(this.root).getPropertyValue('--lv-row-height')) || 24;
  }

  get headHeight() {
    return this.root.firstElementChild.offsetHeight;
  }

  async tell() {
    const first = Math.floor(this.root.scrollTop / this.rowHeight);
    const count = Math.ceil((this.root.clientHeight - this.headHeight) / this.rowHeight) + 1;
    if (this.busy || (first === this.asked[0] && count === this.asked[1])) {
      return;
    }
    this.busy = true;
    this.asked = [first, count];
    await this.table.invokeMethodAsync('Show', first, count).catch(() => { });
    this.busy = false;
    if (!this.stop.signal.aborted) {
      this.tell();
    }
  }

  onClick(e) {
    const row = e.target.closest('.lv-row');
    const selecting = !getSelection().isCollapsed && row?.contains(getSelection().anchorNode);
    if (row && !selecting && !e.target.closest('button, a')) {
      this.table.invokeMethodAsync('Open', Number(row.dataset.i)).catch(() => { });
    }
  }

  onKey(e) {
    if (e.target !== this.root || e.ctrlKey || e.metaKey || e.altKey) {
      return;
    }
    const page = Math.max(1, Math.floor(this.root.clientHeight / this.rowHeight) - 2);
    const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -1e9, End: 1e9 };
    if (e.key in moves) {
      e.preventDefault();
      this.table.invokeMethodAsync('Move', moves[e.key]).catch(() => { });
    }
  }

  reveal(index) {
    const height = this.rowHeight;
    const top = index * height;
    const space = this.root.clientHeight - this.headHeight - height;
    if (top < this.root.scrollTop) {
      this.root.scrollTop = top;
    } else if (top > this.root.scrollTop + space) {
      this.root.scrollTop = top - space;
    }
  }
}

// A table that is gone before its script comes has no element.
export function watch(root, table) {
  return root ? new View(root, table) : {};
}

export function reveal(view, index) {
  view?.reveal?.(index);
}

export function forget(view) {
  view?.stop?.abort();
  view?.size?.disconnect();
}
