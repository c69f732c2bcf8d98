const secretNames = /key|token|secret|password|signature|auth/i;

/** A URL for logs and errors, with `…` for every parameter whose name hints at a key. */
export function redactUrl(url: string | URL): string {
  const shown = new URL(url);
  for (const name of [...shown.searchParams.keys()]) {
    if (secretNames.test(name)) shown.searchParams.set(name, '…');
  }
  return shown.href.replaceAll('%24', '$').replaceAll('%E2%80%A6', '…');
}
