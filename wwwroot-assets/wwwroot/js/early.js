// People type before the page is interactive. Blazor then puts a fresh box in the place of the drawn one, and the editor comes last.
// Until a box is live (`data-live`), this keeps text, caret, focus and Enter of boxes marked `data-early`; the editor takes them up.
// A classic script without dependencies, so that it listens before anybody can type.
(() => {
  const EARLY = 'textarea[data-early]:not([data-live])';
  let kept = null;
  let focused = false;

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

  new MutationObserver(() => {
    if (kept === null || kept.isConnected) {
      return;
    }
    const next = kept.dataset.live === undefined ? document.querySelector(EARLY) : null;
    if (next) {
      move(kept, next);
    }
    kept = next ?? (kept.dataset.live === undefined ? kept : null);
  }).observe(document, { childList: true, subtree: true });

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
