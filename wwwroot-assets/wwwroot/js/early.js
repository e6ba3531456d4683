// People type before the page is interactive. Blazor then puts a fresh box in the place of the drawn one, and the editor comes last.
// Until a box is live (`data-live`), this keeps text, caret, focus and Enter of boxes marked `data-early`; the editor takes them up. A button marked
// `data-early-run` is their Enter. Of other buttons the last one pressed is pressed again once the page is live, also when it was replaced while it was
// held down, of which the browser makes no click. A row that is clicked before its table listens is kept with the table, which opens it then.
// A classic script without dependencies, so that it listens before anybody can type.
(() => {
  const EARLY = 'textarea[data-early]:not([data-live])';
  let kept = null;
  const PATIENCE_MS = 10000;
  let focused = false;
  // What the server drew, until Blazor puts something else in its place.
  let drawn = null;
  let pressed = null;
  let held = null;

  const early = target => target instanceof Element && target.matches(EARLY) ? target : null;

  document.addEventListener('focusin', e => {
    kept = early(e.target) ?? kept;
    focused = kept !== null && e.target === kept;
  }, true);

  // A box that goes away may tell that it lost the focus, too: that is not somebody leaving it.
  document.addEventListener('focusout', e => {
    if (e.target === kept) {
      setTimeout(() => focused &&= !kept?.isConnected || document.activeElement === kept);
    }
  }, true);

  document.addEventListener('input', e => {
    const box = early(e.target);
    if (box) {
      kept = box;
      box.dataset.typed = '';
    }
  }, true);

  document.addEventListener('keydown', e => {
    const box = early(e.target);
    if (e.isComposing || e.keyCode === 229 || e.ctrlKey || e.metaKey || e.altKey) {
      return;
    }
    if (box && e.key === 'Enter' && !e.shiftKey) {
      e.preventDefault();
      kept = box;
      box.dataset.run = box.value;
    } else if (e.key === '/' && e.target === document.body) {
      const first = document.querySelector(EARLY);
      if (first) {
        e.preventDefault();
        first.focus();
      }
    }
  }, true);

  document.addEventListener('click', e => {
    const button = buttonAt(e), box = document.querySelector(EARLY);
    if (box && button?.matches('[data-early-run]')) {
      e.stopImmediatePropagation();
      kept = box;
      box.dataset.run = box.value;
    } else if (button && drawn?.isConnected && drawn.contains(button)) {
      pressed = placeOf(button, drawn);
    } else if (e.isTrusted) {
      pressed = null;
    }
  }, true);

  document.addEventListener('click', e => {
    const row = e.target instanceof Element && !e.target.closest('button, a') ? e.target.closest('[role=grid]:not([data-live]) [data-i]') : null;
    if (row) {
      row.closest('[role=grid]').clickedEarly = row;
    }
  }, true);

  document.addEventListener('mousedown', e => {
    const button = e.button === 0 && drawn?.isConnected ? buttonAt(e) : null;
    held = button && drawn.contains(button) ? { button, ...placeOf(button, drawn) } : null;
  }, true);

  document.addEventListener('mouseup', e => {
    const before = held, button = before && !before.button.isConnected ? buttonAt(e) : null;
    held = null;
    if (button === null) {
      return;
    }
    const now = placeOf(button, document);
    if (now.name === before.name && now.nth === before.nth) {
      pressed = now;
      pressAgain();
    }
  }, true);

  const buttonAt = e => e.target instanceof Element ? e.target.closest('button') : null;
  const placeOf = (button, root) => ({ name: nameOf(button), nth: named(root, nameOf(button)).indexOf(button), at: Date.now() });
  const nameOf = button => button.ariaLabel ?? button.textContent.trim();
  const named = (root, name) => [...root.querySelectorAll('button')].filter(b => nameOf(b) === name);

  // Not before the layout is live, and the box, whose text a button may need.
  function pressAgain() {
    if (pressed === null || drawn?.isConnected || document.documentElement.dataset.live === undefined || document.querySelector(EARLY)) {
      return;
    }
    const button = named(document, pressed.name)[pressed.nth];
    if (button || Date.now() - pressed.at > PATIENCE_MS) {
      pressed = null;
      button?.click();
    }
  }

  new MutationObserver(() => {
    drawn ??= document.querySelector('.mud-layout');
    pressAgain();
    if (kept === null || kept.isConnected) {
      return;
    }
    const next = kept.dataset.live === undefined ? document.querySelector(EARLY) : null;
    if (next) {
      move(kept, next);
    }
    kept = next ?? (kept.dataset.live === undefined ? kept : null);
  }).observe(document, { childList: true, subtree: true, attributeFilter: ['data-live'] });

  function move(from, to) {
    if (from.dataset.typed !== undefined) {
      to.value = from.value;
      to.dataset.typed = '';
    }
    if (from.dataset.run !== undefined) {
      to.dataset.run = from.dataset.run;
    }
    if (focused) {
      to.focus({ preventScroll: true });
      to.setSelectionRange(from.selectionStart, from.selectionEnd, from.selectionDirection);
    }
  }
})();
