// Columns before the fields: level bar, time, level.
const FIXED = 3;
const LEAST = 40;

class Head {
  constructor(root, component) {
    this.root = root;
    this.component = component;
    this.from = -1;
    this.grip = null;
    this.stop = new AbortController();
    const signal = this.stop.signal;
    root.addEventListener('pointerdown', e => this.onDown(e), { signal });
    root.addEventListener('pointermove', e => this.onDrag(e), { signal });
    root.addEventListener('pointerup', e => this.onUp(e), { signal });
    root.addEventListener('pointercancel', () => { this.grip = null; }, { signal });
    root.addEventListener('dblclick', e => e.target.matches('.lv-grip') && this.tell('Resized', this.index(e), 0), { signal });
    root.addEventListener('dragstart', e => this.onTake(e), { signal });
    root.addEventListener('dragover', e => this.onOver(e), { signal });
    root.addEventListener('drop', e => this.onDrop(e), { signal });
    root.addEventListener('dragend', () => this.mark(null), { signal });
  }

  cell(e) {
    return e.target.closest('[data-c]');
  }

  index(e) {
    return Number(this.cell(e)?.dataset.c ?? -1);
  }

  tell(name, ...numbers) {
    this.component.invokeMethodAsync(name, ...numbers).catch(() => { });
  }

  onDown(e) {
    if (e.target.matches('.lv-grip') && e.button === 0) {
      e.preventDefault();
      this.grip = { column: this.index(e), from: e.clientX, width: this.cell(e).getBoundingClientRect().width };
      e.target.setPointerCapture(e.pointerId);
    }
  }

  // Shown at once; the program is told when it is let go.
  onDrag(e) {
    if (this.grip) {
      this.grip.now = Math.round(Math.max(LEAST, this.grip.width + e.clientX - this.grip.from));
      const table = this.root.parentElement;
      const columns = table.style.getPropertyValue('--lv-cols').trim().split(' ');
      columns[FIXED + this.grip.column] = `${this.grip.now}px`;
      table.style.setProperty('--lv-cols', columns.join(' '));
    }
  }

  onUp() {
    const grip = this.grip;
    this.grip = null;
    if (grip?.now) {
      this.tell('Resized', grip.column, grip.now);
    }
  }

  onTake(e) {
    if (this.grip || !this.cell(e)) {
      e.preventDefault();
      return;
    }
    this.from = this.index(e);
    e.dataTransfer.effectAllowed = 'move';
    e.dataTransfer.setData('text/plain', this.cell(e).title);
  }

  onOver(e) {
    if (this.from >= 0 && this.cell(e)) {
      e.preventDefault();
      this.mark(this.cell(e));
    }
  }

  onDrop(e) {
    const to = this.index(e), from = this.from;
    if (from >= 0 && to >= 0) {
      e.preventDefault();
      this.mark(null);
      this.tell('Moved', from, to);
    }
  }

  mark(cell) {
    this.root.querySelector('.lv-drop-here')?.classList.remove('lv-drop-here');
    cell?.classList.add('lv-drop-here');
    if (!cell) {
      this.from = -1;
    }
  }
}

export function attach(root, component) {
  return root ? new Head(root, component) : {};
}

export function forget(head) {
  head?.stop?.abort();
}
