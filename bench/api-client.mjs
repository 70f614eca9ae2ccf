// A client of the API for the cases: plain HTTPS with the session's kubeconfig entry, as any outsider has it.
import fs from 'node:fs';
import https from 'node:https';
import path from 'node:path';
import tls from 'node:tls';

/** Requests on their way on one connection. Node's server takes a pipeline whose answers exceed its buffer for an error. */
const maxInFlight = 8;

/** Connects to the session that wrote its entry into this state directory. */
export function connect(stateDirectory) {
  const config = fs.readFileSync(path.join(stateDirectory, 'config'), 'utf8');
  const value = name => new RegExp(`${name}: "?([^"\\s]+)"?`).exec(config)[1];
  const server = value('server');
  const ca = Buffer.from(value('certificate-authority-data'), 'base64');
  const headers = { Authorization: `Bearer ${value('token')}` };
  const agent = new https.Agent({ keepAlive: true, ca, maxSockets: 4 });
  return {
    request(method, at, body, type = 'application/json') {
      return new Promise((resolve, reject) => {
        const options = { method, agent, headers: { ...headers, 'Content-Type': type } };
        const request = https.request(server + at, options, async response => {
          response.setEncoding('utf8');
          let text = '';
          for await (const chunk of response) text += chunk;
          resolve({ code: response.statusCode, text });
        });
        request.on('error', reject).end(body && JSON.stringify(body));
      });
    },
    /** Sends requests on one connection without waiting for each answer; resolves to the number that were not 200. */
    pipeline(method, at, bodies, type) {
      const { hostname, port } = new URL(server);
      const head = `${method} ${at} HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: ${headers.Authorization}\r\nContent-Type: ${type}\r\n`;
      return new Promise((resolve, reject) => {
        const socket = tls.connect({ host: hostname, port: Number(port), ca, servername: '' });
        let sent = 0;
        let answered = 0;
        let failed = 0;
        let rest = '';
        const fill = () => {
          let text = '';
          for (; sent < bodies.length && sent - answered < maxInFlight; sent++)
            text += `${head}Content-Length: ${Buffer.byteLength(bodies[sent])}\r\n\r\n${bodies[sent]}`;
          if (text !== '') socket.write(text);
        };
        socket.setEncoding('latin1').on('data', chunk => {
          const text = rest + chunk;
          let end = 0;
          for (const match of text.matchAll(/HTTP\/1\.1 (\d{3})/g)) {
            answered++;
            if (match[1] !== '200') failed++;
            end = match.index + match[0].length;
          }
          // A status line may be cut anywhere.
          rest = text.slice(Math.max(end, text.length - 11));
          if (answered < bodies.length) return fill();
          socket.destroy();
          resolve(failed);
        });
        socket
          .on('error', reject)
          .once('close', () => reject(new Error(`closed after ${answered} answers`)))
          .once('secureConnect', fill);
      });
    },
    /** Calls back with the text of each event; resolves when the stream has begun. */
    watch(at, onEvent) {
      return new Promise((resolve, reject) => {
        const request = https.request(server + at, { ca, headers }, response => {
          let rest = '';
          response.setEncoding('utf8').on('data', chunk => {
            const lines = (rest + chunk).split('\n');
            rest = lines.pop();
            for (const line of lines) onEvent(line);
          });
          resolve({ close: () => request.destroy() });
        });
        request.on('error', error => (request.destroyed ? undefined : reject(error))).end();
      });
    },
  };
}
