export function focusHeading() {
  const heading = document.querySelector('h1');
  if (heading && !document.activeElement?.closest('input, textarea, select, [contenteditable="true"]')) {
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
}
