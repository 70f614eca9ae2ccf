// A client of the API for the cases: plain HTTPS with the session's kubeconfig entry, as any outsider has it.
import fs from 'node:fs';
import https from 'node:https';
import path from 'node:path';

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
    /** Calls back with each event's object; resolves when the stream has begun. */
    watch(at, onObject) {
      return new Promise((resolve, reject) => {
        const request = https.request(server + at, { ca, headers }, response => {
          let rest = '';
          response.setEncoding('utf8').on('data', chunk => {
            const lines = (rest + chunk).split('\n');
            rest = lines.pop();
            for (const line of lines) onObject(JSON.parse(line).object);
          });
          resolve({ close: () => request.destroy() });
        });
        request.on('error', error => (request.destroyed ? undefined : reject(error))).end();
      });
    },
  };
}
