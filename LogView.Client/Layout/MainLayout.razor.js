const light = matchMedia('(prefers-color-scheme: light)');

function choiceInCookie() {
  const match = /(?:^|;\s*)logview-theme=(system|dark|light)/.exec(document.cookie);
  return match ? match[1] : 'system';
}

function apply(choice) {
  const resolved = choice === 'system' ? (light.matches ? 'light' : 'dark') : choice;
  document.documentElement.dataset.theme = resolved;
  const value = `${choice}.${resolved}`;
  document.cookie = `logview-theme=${value}; path=/; max-age=31536000; samesite=lax`;
  document.dispatchEvent(new CustomEvent('lv-theme'));
  return value;
}

export function watch(layout) {
  document.documentElement.dataset.live = '';
  light.addEventListener('change', () => {
    apply(choiceInCookie());
    layout.invokeMethodAsync('OnSystemTheme', !light.matches).catch(() => { });
  });
  return apply(choiceInCookie());
}

export function choose(choice) {
  return apply(choice);
}

export function speak(cookie, value) {
  document.cookie = `${cookie}=${encodeURIComponent(value)}; path=/; max-age=31536000; samesite=lax`;
  location.reload();
}
