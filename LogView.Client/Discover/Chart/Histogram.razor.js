// Stacked bars on a canvas: one draw per change, no library.
const LEFT = 46, RIGHT = 8, TOP = 6, BOTTOM = 17, GAP = 1;
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800, 1209600, 2592000, 7776000, 31536000, 63072000, 157680000, 315360000].map(s => s * 1000);
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const plain = new Intl.NumberFormat('en');

class Chart {
  constructor(root, component) {
    this.root = root;
    this.component = component;
    this.canvas = root.querySelector('canvas');
    this.tip = root.querySelector('.lv-tip');
    this.data = { edges: [], totals: [], marks: [], series: [], inAll: '{0}' };
    this.at = -1;
    this.drag = null;
    this.next = null;
    this.stop = new AbortController();
    const signal = this.stop.signal;
    this.canvas.addEventListener('pointerdown', e => this.onDown(e), { signal });
    this.canvas.addEventListener('pointermove', e => this.onMove(e), { signal });
    this.canvas.addEventListener('pointerup', e => this.onUp(e), { signal });
    this.canvas.addEventListener('pointercancel', () => this.leave(), { signal });
    this.canvas.addEventListener('pointerleave', () => this.drag === null && this.leave(), { signal });
    this.canvas.addEventListener('keydown', e => this.onKey(e), { signal });
    this.canvas.addEventListener('blur', () => this.leave(), { signal });
    document.addEventListener('lv-theme', () => this.paint(), { signal });
    this.size = new ResizeObserver(() => this.paint());
    this.size.observe(this.canvas);
  }

  get buckets() {
    return Math.max(0, this.data.edges.length - 1);
  }

  draw(data, zone, isLogarithmic) {
    // What is being dragged over stays until it is let go.
    if (this.drag !== null) {
      this.next = { data, zone, isLogarithmic };
      return;
    }
    this.data = data;
    this.zone = zone;
    this.isLogarithmic = isLogarithmic;
    // An event with several values is in several parts of a bar, which then is higher than the bucket's count.
    this.heights = Array.from({ length: this.buckets }, (_, i) => data.series.reduce((sum, s) => sum + s.counts[i], 0));
    this.leave();
    this.paint();
  }

  layout() {
    const width = this.canvas.clientWidth, height = this.canvas.clientHeight;
    return { width, height, plotWidth: width - LEFT - RIGHT, plotHeight: height - TOP - BOTTOM };
  }

  // Buckets of calendar units differ in width; bars follow time.
  x(ms) {
    const { plotWidth } = this.layout();
    const from = this.data.edges[0], to = this.data.edges[this.buckets];
    return LEFT + (ms - from) / Math.max(1, to - from) * plotWidth;
  }

  bucketAt(px) {
    let at = 0;
    while (at + 1 < this.buckets && this.x(this.data.edges[at + 1]) <= px) {
      at++;
    }
    return at;
  }

  paint() {
    const { width, height, plotWidth, plotHeight } = this.layout();
    if (width === 0 || this.buckets === 0) {
      return;
    }
    const scale = devicePixelRatio || 1;
    this.canvas.width = Math.round(width * scale);
    this.canvas.height = Math.round(height * scale);
    const g = this.canvas.getContext('2d');
    g.scale(scale, scale);
    const style = getComputedStyle(this.root);
    const color = name => style.getPropertyValue(name).trim();
    const top = this.isLogarithmic ? 10 ** Math.ceil(Math.log10(Math.max(10, ...this.heights))) : niceTop(Math.max(1, ...this.heights));
    g.font = `11px ${style.getPropertyValue('--lv-font') || 'sans-serif'}`;
    this.paintScale(g, color, top, plotWidth, plotHeight);
    this.paintBars(g, color, top, plotHeight);
    this.paintTimes(g, color, height);
    this.paintChoice(g, color, plotHeight);
    this.paintMarks(g, color, plotHeight);
  }

  // Share of the plot's height that a count takes.
  share(count, top) {
    return this.isLogarithmic ? Math.log10(1 + count) / Math.log10(1 + top) : count / top;
  }

  paintScale(g, color, top, plotWidth, plotHeight) {
    g.textAlign = 'right';
    g.textBaseline = 'middle';
    for (const count of this.ticks(top)) {
      const y = Math.round(TOP + plotHeight * (1 - this.share(count, top))) + .5;
      g.strokeStyle = color('--lv-line');
      g.beginPath();
      g.moveTo(LEFT, y);
      g.lineTo(LEFT + plotWidth, y);
      g.stroke();
      if (Number.isInteger(count)) {
        g.fillStyle = color('--lv-fg-faint');
        g.fillText(compact.format(count), LEFT - 6, y);
      }
    }
  }

  ticks(top) {
    if (!this.isLogarithmic) {
      return [0, top / 2, top];
    }
    const powers = Math.round(Math.log10(top)), step = Math.ceil(powers / 4);
    return [0, ...Array.from({ length: Math.floor(powers / step) }, (_, i) => 10 ** (powers - i * step))];
  }

  // A bar's whole height follows the scale, its parts their share of it.
  paintBars(g, color, top, plotHeight) {
    for (let i = 0; i < this.buckets; i++) {
      const x = this.x(this.data.edges[i]), width = Math.max(1, this.x(this.data.edges[i + 1]) - x - GAP);
      const whole = this.share(this.heights[i], top) * plotHeight;
      let y = TOP + plotHeight;
      for (let s = this.data.series.length - 1; s >= 0; s--) {
        const { color: name, counts } = this.data.series[s];
        if (counts[i] > 0) {
          // A single error among thousands still has to be seen.
          const height = Math.max(1.5, counts[i] / this.heights[i] * whole);
          y -= height;
          g.fillStyle = color(name);
          g.fillRect(x, y, width, height);
        }
      }
    }
  }

  paintTimes(g, color, height) {
    const from = this.data.edges[0], to = this.data.edges[this.buckets], span = to - from;
    const labels = Math.max(2, Math.floor(this.layout().plotWidth / 110));
    const step = STEPS.find(s => span / s <= labels) ?? STEPS[STEPS.length - 1];
    const shift = offset(from, this.zone);
    const format = timeFormat(span, step, this.zone);
    g.fillStyle = color('--lv-fg-faint');
    g.textBaseline = 'alphabetic';
    g.textAlign = 'center';
    for (let ms = Math.ceil((from + shift) / step) * step - shift; ms < to; ms += step) {
      const x = this.x(ms);
      if (x > LEFT + 12 && x < this.layout().width - 24) {
        g.fillText(format(ms), x, height - 4);
      }
    }
  }

  // A dashed line each, with as much of its label as fits before the next one.
  paintMarks(g, color, plotHeight) {
    const { width } = this.layout(), marks = this.data.marks.map(m => ({ ...m, x: Math.round(this.x(m.at)) + .5 })).sort((a, b) => a.x - b.x);
    g.textAlign = 'left';
    g.textBaseline = 'top';
    marks.forEach((mark, i) => {
      g.strokeStyle = color('--lv-fg');
      g.setLineDash([3, 3]);
      g.beginPath();
      g.moveTo(mark.x, TOP);
      g.lineTo(mark.x, TOP + plotHeight);
      g.stroke();
      g.setLineDash([]);
      const space = (marks[i + 1]?.x ?? width) - mark.x - 6;
      let label = mark.label;
      while (label.length > 0 && g.measureText(label).width > space) {
        label = label.slice(0, -1);
      }
      if (label.length > 1) {
        g.fillStyle = color('--lv-surface');
        g.fillRect(mark.x + 1, TOP, g.measureText(label).width + 4, 13);
        g.fillStyle = color('--lv-fg');
        g.fillText(label, mark.x + 3, TOP + 1);
      }
    });
  }

  paintChoice(g, color, plotHeight) {
    if (this.drag !== null && this.at >= 0) {
      const [a, b] = [Math.min(this.drag, this.at), Math.max(this.drag, this.at)];
      const x = this.x(this.data.edges[a]);
      g.globalAlpha = .22;
      g.fillStyle = color('--lv-accent');
      g.fillRect(x, TOP, this.x(this.data.edges[b + 1]) - x, plotHeight);
      g.globalAlpha = 1;
    } else if (this.at >= 0) {
      const x = this.x(this.data.edges[this.at]);
      g.globalAlpha = .12;
      g.fillStyle = color('--lv-fg');
      g.fillRect(x, TOP, this.x(this.data.edges[this.at + 1]) - x, plotHeight);
      g.globalAlpha = 1;
    }
  }

  onDown(e) {
    if (e.button === 0 && this.buckets > 0 && e.pointerType !== 'touch') {
      this.drag = this.bucketAt(e.offsetX);
      this.canvas.setPointerCapture(e.pointerId);
    }
  }

  onMove(e) {
    if (this.buckets > 0) {
      this.show(this.bucketAt(e.offsetX));
    }
  }

  onUp(e) {
    if (this.drag === null) {
      return;
    }
    const [a, b] = [this.drag, this.bucketAt(e.offsetX)].sort((m, n) => m - n);
    // A click is a drag over one bar; on the only bar it would lead nowhere.
    if (a !== b || this.buckets > 1) {
      this.zoom(a, b);
    }
    this.leave();
  }

  onKey(e) {
    if (e.key === 'ArrowLeft' || e.key === 'ArrowRight') {
      e.preventDefault();
      this.show(Math.min(this.buckets - 1, Math.max(0, this.at + (e.key === 'ArrowRight' ? 1 : -1))));
    } else if (e.key === 'Enter' && this.at >= 0) {
      e.preventDefault();
      e.stopPropagation();
      this.zoom(this.at, this.at);
    } else if (e.key === 'Escape') {
      this.leave();
    }
  }

  show(at) {
    if (at === this.at && this.drag === null) {
      return;
    }
    this.at = at;
    this.paint();
    const [a, b] = this.drag === null ? [at, at] : [Math.min(this.drag, at), Math.max(this.drag, at)];
    const lines = zones(this.zone).map(zone => stretch(this.data.edges[a], this.data.edges[b + 1], zone));
    const total = this.data.totals.slice(a, b + 1).reduce((x, y) => x + y, 0);
    lines.push(this.data.inAll.replace('{0}', plain.format(total)));
    for (const s of this.data.series) {
      const count = s.counts.slice(a, b + 1).reduce((x, y) => x + y, 0);
      if (count > 0) {
        lines.push(`${s.name}  ${plain.format(count)}`);
      }
    }
    for (const mark of this.data.marks.filter(m => m.at >= this.data.edges[a] && m.at < this.data.edges[b + 1]).slice(0, 3)) {
      lines.push(`⚑ ${mark.label}`);
    }
    this.tip.textContent = lines.join('\n');
    this.tip.hidden = false;
    const x = this.x(this.data.edges[at]), right = x > this.layout().width / 2;
    this.tip.style.left = right ? 'auto' : `${x + 24}px`;
    this.tip.style.right = right ? `${this.layout().width - x + 10}px` : 'auto';
  }

  // By times: the program may have other buckets by now.
  zoom(first, last) {
    this.component.invokeMethodAsync('Zoom', this.data.edges[first], this.data.edges[last + 1]).catch(() => { });
  }

  leave() {
    this.at = -1;
    this.drag = null;
    this.tip.hidden = true;
    const next = this.next;
    this.next = null;
    if (next) {
      this.draw(next.data, next.zone, next.isLogarithmic);
    } else {
      this.paint();
    }
  }
}

function niceTop(most) {
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 4, 5, 10].map(m => m * power).find(m => m >= most);
}

// As elsewhere on the page: year-month-day, 24 hours, as much of it as the span needs.
function timeFormat(span, step, zone) {
  const day = 86400000, parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
  });
  return ms => {
    const p = Object.fromEntries(parts.formatToParts(ms).map(x => [x.type, x.value]));
    const date = span > day * 364 ? `${p.year}-${p.month}-${p.day}` : span > day * 2 ? `${p.month}-${p.day}` : '';
    const time = step >= day ? '' : step < 60000 ? `${p.hour}:${p.minute}:${p.second}` : `${p.hour}:${p.minute}`;
    return `${date} ${time}`.trim();
  };
}

// The zone of the page, and UTC; beside UTC the browser's own.
function zones(zone) {
  const isUtc = /^(Etc\/)?(UTC|UCT|GMT|Universal|Zulu)$/.test(zone), other = isUtc ? Intl.DateTimeFormat().resolvedOptions().timeZone : 'UTC';
  return other === zone ? [zone] : [zone, other];
}

// The day of the end only where it is another one; parts of a second only where they matter.
function stretch(from, to, zone) {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
    ...(from % 1000 || to % 1000 ? { fractionalSecondDigits: 3 } : {}),
  });
  const [a, b] = [from, to].map(ms => format.format(ms).split(', '));
  return `${a.join(' ')} → ${a[0] === b[0] ? b[1] : b.join(' ')} ${zone.split('/').pop().replaceAll('_', ' ')}`;
}

function offset(ms, zone) {
  const parts = Object.fromEntries(new Intl.DateTimeFormat('en-US', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
  }).formatToParts(ms).map(p => [p.type, p.value]));
  return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second) - Math.floor(ms / 1000) * 1000;
}

// A chart that is gone before its script comes has no element.
export function attach(root, component) {
  return root ? new Chart(root, component) : {};
}

export function draw(chart, data, zone, isLogarithmic) {
  chart?.draw?.(data, zone, isLogarithmic);
}

export function forget(chart) {
  chart?.stop?.abort();
  chart?.size?.disconnect();
}
