/**
 * Whether a host's name is one of this machine's own.
 *
 * A page of another site can make its name point here and then talk to us as to itself; its name gives it away.
 * SDKs put `sync-` before the host for the operations that wait for an answer.
 */
export function isLoopbackHost(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/^sync-/, '');
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}
