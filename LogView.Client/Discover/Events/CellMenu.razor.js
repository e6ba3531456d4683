// Moves the focus among the items of the menu. The listener goes with the menu's element.
export function begin(menu) {
  const items = [...menu?.querySelectorAll('[role="menuitem"]') ?? []];
  menu?.addEventListener('keydown', e => {
    const at = items.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[e.key];
    if (to !== undefined) {
      e.preventDefault();
      items.at(to % items.length).focus({ preventScroll: true });
    } else if (e.key === 'Tab') {
      e.preventDefault(); // the menu closes, and the table has the focus again
    }
  });
  items[0]?.focus({ preventScroll: true });
}
