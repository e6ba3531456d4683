// Instants of rows as people read them, in the zone that was chosen or the browser's.

const two = n => String(n).padStart(2, '0');

/** Milliseconds and the rest of nanoseconds since the epoch, which are more than a number holds. */
function instantOf(ns) {
  const digits = ns.padStart(7, '0');
  return { ms: Number(digits.slice(0, -6)), rest: digits.slice(-6) };
}

export class Times {
  #zone = null;
  #parts = null;

  /** @param zone IANA name; null: the browser's. One that this browser does not know is the browser's. */
  set(zone) {
    try {
      this.#parts = zone === null ? null : new Intl.DateTimeFormat('en-GB', {
        timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', timeZoneName: 'longOffset',
      });
      this.#zone = this.#parts === null ? null : zone;
    } catch {
      this.#parts = this.#zone = null;
    }
  }

  /** 14:02:11.482 */
  ofDay(ns) {
    const { ms } = instantOf(ns);
    return this.ofDayMs(ms);
  }

  ofDayMs(ms) {
    const at = this.#at(ms);
    return `${at.hour}:${at.minute}:${at.second}.${String(new Date(ms).getMilliseconds()).padStart(3, '0')}`;
  }

  /** Day, time and zone, and UTC with all digits. */
  full(ns) {
    const { ms, rest } = instantOf(ns);
    const at = this.#at(ms);
    const zone = this.#zone === null ? '' : ` (${this.#zone})`;
    return `${at.year}-${at.month}-${at.day} ${this.ofDayMs(ms)} ${at.offset}${zone}\n${new Date(ms).toISOString().slice(0, -1)}${rest}Z`;
  }

  #at(ms) {
    const at = new Date(ms);
    if (this.#parts === null) {
      const offset = -at.getTimezoneOffset();
      return {
        year: at.getFullYear(), month: two(at.getMonth() + 1), day: two(at.getDate()), hour: two(at.getHours()), minute: two(at.getMinutes()), second: two(at.getSeconds()),
        offset: `${offset < 0 ? '-' : '+'}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`,
      };
    }

    const parts = Object.fromEntries(this.#parts.formatToParts(at).map(p => [p.type, p.value]));
    return { ...parts, offset: parts.timeZoneName.replace(/^GMT$/, '+00:00').replace('GMT', '') };
  }
}
