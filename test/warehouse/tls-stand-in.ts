import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { madeUpKey } from './made-up-certificates.ts';

/** How a PostgreSQL server says that it speaks TLS, that it wants a password in the clear, and that it is the wrong one. */
const willingly = 'S';
const passwordPlease = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 3]);
const wrongPassword = errorMessage({ S: 'FATAL', C: '28P01', M: 'password authentication failed' });

/** Begins like a PostgreSQL server with this certificate, and refuses everybody once it has seen the password. */
export async function startTlsStandIn(
  certificate: string,
): Promise<{ port: number; passwords: readonly string[] } & AsyncDisposable> {
  const passwords: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => {
      socket.write(willingly);
      const secured = new TLSSocket(socket, { isServer: true, key: madeUpKey, cert: certificate });
      // clients that do not trust the certificate hang up
      secured.on('error', () => undefined);
      secured.once('data', () => {
        secured.write(passwordPlease);
        secured.once('data', (message) => {
          passwords.push(message.toString('utf8', 5, message.length - 1));
          secured.end(wrongPassword);
        });
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port, // a server on TCP has no other kind of address
    passwords,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function errorMessage(fields: Readonly<Record<string, string>>): Buffer {
  const body = Buffer.from(
    `${Object.entries(fields)
      .map(([type, text]) => `${type}${text}\0`)
      .join('')}\0`,
  );
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}
