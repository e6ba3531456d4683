// The numbers above the list, written once per frame at most.

/** Milliseconds the rate is taken over. */
const rateWindow = 5000;

const number = new Intl.NumberFormat();
const oneDigit = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });

/** Arrivals per second over the last seconds. */
export class Rate {
  #samples = [];

  add(count, now = performance.now()) {
    this.#samples.push({ now, count });
    while (this.#samples.length > 2 && this.#samples[1].now <= now - rateWindow) {
      this.#samples.shift();
    }
  }

  reset() {
    this.#samples = [];
  }

  get perSecond() {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    // The first second tells nothing yet.
    return first === undefined || last.now - first.now < 900 ? 0 : (last.count - first.count) * 1000 / (last.now - first.now);
  }
}

export class Counters {
  #parts;
  #texts;
  #rate = new Rate();
  #leftOut = new Rate();
  #status = null;
  #frame = 0;

  /** @param parts elements by name: matched, shown, leftOut, rate, delay, sampled, others, trouble */
  constructor(parts, texts) {
    this.#parts = parts;
    this.#texts = texts;
  }

  get status() {
    return this.#status;
  }

  reset() {
    this.#status = null;
    this.#rate.reset();
    this.#leftOut.reset();
  }

  set(status) {
    this.#status = status;
    this.#rate.add(status.Matched - status.Backfilled);
    this.#leftOut.add(status.LeftOut);
    this.#frame ||= requestAnimationFrame(() => this.#write());
  }

  dispose() {
    cancelAnimationFrame(this.#frame);
  }

  #write() {
    this.#frame = 0;
    if (this.#status === null) {
      return;
    }

    const { Matched, Shown, LeftOut, DelayMs, Others } = this.#status;
    const rate = this.#rate.perSecond;
    this.#text('matched', number.format(Matched), Matched);
    this.#text('shown', number.format(Shown), Shown);
    this.#text('leftOut', number.format(LeftOut), LeftOut);
    this.#text('rate', `${rate < 10 ? oneDigit.format(rate) : number.format(Math.round(rate))}/s`, Math.round(rate));
    this.#text('delay', DelayMs < 1000 ? `${number.format(DelayMs)} ms` : `${oneDigit.format(DelayMs / 1000)} s`, DelayMs);
    this.#parts.sampled.hidden = this.#leftOut.perSecond <= 0;
    this.#parts.sampled.title = this.#texts.sampled;
    this.#writeOthers(Others ?? null);
  }

  /** Events that others write to the store are asked for: how often, and why not now. */
  #writeOthers(others) {
    this.#parts.others.hidden = !others?.IntervalMs;
    if (others?.IntervalMs) {
      this.#text('others', this.#texts.others.replace('{0}', oneDigit.format(others.IntervalMs / 1000)), others.IntervalMs);
    }

    this.#parts.trouble.hidden = !others?.Trouble;
    if (others?.Trouble) {
      this.#text('trouble', this.#texts.trouble.replace('{0}', () => others.Trouble), 1);
    }
  }

  /** The exact number stands in data-value for programs and tests. */
  #text(name, text, value) {
    const part = this.#parts[name];
    if (part.textContent !== text) {
      part.textContent = text;
    }

    part.dataset.value = value;
  }
}
