// A short tone when something matches: off unless the viewer asks for it, at most one a second.
const pause = 1000;

let context = null;
let last = -Infinity;

/** Browsers let a page make sounds only after a click; call this from one. */
export function allow() {
  context ??= new AudioContext();
  context.resume().catch(() => { });
}

/** False when the browser does not let the page make sounds yet. */
export function alertNow() {
  const now = performance.now();
  if (context === null || context.state !== 'running' || now - last < pause) {
    return context !== null && context.state === 'running';
  }

  last = now;
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.frequency.value = 880;
  volume.gain.setValueAtTime(0.15, context.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, context.currentTime + 0.25);
  tone.connect(volume).connect(context.destination);
  tone.start();
  tone.stop(context.currentTime + 0.25);
  return true;
}
