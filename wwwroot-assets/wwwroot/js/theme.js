// Runs before the first paint (a classic script: modules are deferred), so that the page never flashes in the other theme.
(() => {
  const match = /(?:^|;\s*)logview-theme=(system|dark|light)/.exec(document.cookie);
  const choice = match ? match[1] : 'system';
  const resolved = choice === 'system' ? (matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark') : choice;
  document.documentElement.dataset.theme = resolved;
  document.cookie = `logview-theme=${choice}.${resolved}; path=/; max-age=31536000; samesite=lax`;
})();
