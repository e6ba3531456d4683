// Buttons of the notice, and a page that comes back by itself: a background tab tries again when it is looked at.
const notice = document.getElementById('components-reconnect-modal');

async function retry() {
  try {
    if (!await Blazor.reconnect()) {
      location.reload();
    }
  } catch {
    document.addEventListener('visibilitychange', retryWhenVisible);
  }
}

async function retryWhenVisible() {
  if (document.visibilityState === 'visible') {
    document.removeEventListener('visibilitychange', retryWhenVisible);
    await retry();
  }
}

notice.addEventListener('components-reconnect-state-changed', e => {
  if (e.detail.state === 'failed') {
    document.addEventListener('visibilitychange', retryWhenVisible);
  }
});
notice.querySelector('[data-lv-retry]').addEventListener('click', retry);
notice.querySelector('[data-lv-reload]').addEventListener('click', () => location.reload());
