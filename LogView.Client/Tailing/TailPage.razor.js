export { mount } from '/js/tail/tail.js';

/** Calls a method of what mount() answered. */
export function call(page, method, ...parameters) {
  page?.[method]?.(...parameters);
}
