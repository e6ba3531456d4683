// With a Hangul input method the key named 'ㅓ' sits where 'j' does.
function keyOf(e) {
  if (e.key.length === 1 && e.key > '\x7f' && e.code.startsWith('Key')) {
    return e.shiftKey ? e.code[3] : e.code[3].toLowerCase();
  }
  return e.key;
}

function typing(e, key) {
  const at = e.target instanceof Element ? e.target : document.body;
  if (at.closest('input, textarea, select, [contenteditable="true"], [role="dialog"], [role="menu"], .mud-dialog')) {
    return true;
  }
  return key === 'Enter' && at.closest('button, a, summary, [role="tab"]') !== null;
}

export function listen(component, keys) {
  const handler = e => {
    const isMod = (e.ctrlKey || e.metaKey) && !e.altKey && !e.shiftKey;
    const key = isMod ? `Mod+${keyOf(e).toLowerCase()}` : keyOf(e);
    if (e.defaultPrevented || e.isComposing || e.altKey || (!isMod && (e.ctrlKey || e.metaKey)) || !keys.includes(key) || (!isMod && typing(e, key))) {
      return;
    }
    e.preventDefault();
    // The next key may come before the server has answered, and is meant for the box.
    const box = key === '/' ? document.querySelector('.lv-query textarea') : null;
    if (box) {
      box.focus();
      box.select();
      return;
    }
    component.invokeMethodAsync('Pressed', key).catch(() => { });
  };
  document.addEventListener('keydown', handler);
  // From now on there are keys at all; tests wait for it.
  document.documentElement.dataset.keys = '';
  return { stop: () => document.removeEventListener('keydown', handler) };
}

export function forget(listener) {
  listener?.stop();
}
