// How this browser likes to see the tail. What is followed is in the address, not here.
const key = 'logview-tail';
const defaults = { wrap: false, sound: false, words: '' };

export function read() {
  try {
    const stored = JSON.parse(localStorage.getItem(key) ?? '{}');
    return {
      wrap: stored.wrap === true,
      sound: stored.sound === true,
      words: typeof stored.words === 'string' ? stored.words.slice(0, 1000) : '',
    };
  } catch {
    return { ...defaults }; // private windows may forbid storage; another program may have written something else
  }
}

export function write(preferences) {
  try {
    localStorage.setItem(key, JSON.stringify(preferences));
  } catch {
    // Nothing is lost but the preference.
  }
}
