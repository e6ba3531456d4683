const LONGEST = 2000;

function keyOf(viewer) {
  return `logview-data-stream:${viewer}`;
}

// What only the browser knows.
export function browser(viewer) {
  return {
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'UTC',
    isNarrow: matchMedia('(max-width: 1023px)').matches,
    dataStream: chosen(viewer),
  };
}

// Several people may use one browser; null means all data streams.
export function choose(viewer, pattern) {
  try {
    if (pattern === null) {
      localStorage.removeItem(keyOf(viewer));
    } else {
      localStorage.setItem(keyOf(viewer), pattern);
    }
  } catch {
    // Nothing is lost but the memory of it.
  }
}

function chosen(viewer) {
  try {
    return localStorage.getItem(keyOf(viewer))?.slice(0, LONGEST) ?? null;
  } catch {
    return null; // private windows may forbid storage
  }
}
