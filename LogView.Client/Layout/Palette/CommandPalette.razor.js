// The palette opens when the server has answered. What is typed until then is meant for it, not for the page.
const patience = 3000;

function isOpening(e) {
  const isK = e.code === 'KeyK' || e.key.toLowerCase() === 'k';
  return (e.ctrlKey || e.metaKey) && !e.altKey && !e.shiftKey && isK && !e.isComposing && document.querySelector('.lv-palette') === null;
}

export function listen() {
  document.addEventListener('keydown', e => {
    if (isOpening(e)) {
      hold();
    }
  }, true);
}

let isHolding = false;

function hold() {
  if (isHolding) {
    return;
  }
  isHolding = true;
  let text = '';
  // The key that ends it: what comes after it is not for the palette.
  let last = null;

  const keep = e => {
    const isCommand = e.ctrlKey || e.metaKey || e.altKey;
    if (last !== null || isCommand || (e.key.length !== 1 && !['Backspace', 'Enter', 'Escape'].includes(e.key))) {
      return;
    }
    e.preventDefault();
    e.stopImmediatePropagation();
    if (e.key === 'Enter' || e.key === 'Escape') {
      last = e.key;
    } else {
      text = e.key === 'Backspace' ? text.slice(0, -1) : text + e.key;
    }
  };
  const give = () => {
    const box = document.querySelector('.lv-palette input');
    if (box === null) {
      return;
    }
    stop();
    box.focus();
    if (text !== '') {
      box.value = text;
      box.dispatchEvent(new InputEvent('input', { bubbles: true }));
    }
    if (last !== null) {
      box.dispatchEvent(new KeyboardEvent('keydown', { key: last, bubbles: true }));
    }
  };
  const watcher = new MutationObserver(give);
  const timer = setTimeout(stop, patience);
  function stop() {
    isHolding = false;
    clearTimeout(timer);
    watcher.disconnect();
    document.removeEventListener('keydown', keep, true);
  }
  document.addEventListener('keydown', keep, true);
  watcher.observe(document.body, { childList: true, subtree: true });
}
