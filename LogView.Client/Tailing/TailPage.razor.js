export { mount } from '/js/tail/tail.js';

export function zone() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'UTC';
}

/** Calls a method of what mount() answered. */
export function call(page, method, ...parameters) {
  page?.[method]?.(...parameters);
}
