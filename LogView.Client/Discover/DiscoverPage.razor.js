// What only the browser knows.
export function browser() {
  return { zone: Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'UTC', isNarrow: matchMedia('(max-width: 1023px)').matches };
}
