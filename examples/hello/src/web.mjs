// Answers with a greeting. It takes a moment to warm up, as servers do.
import fs from 'node:fs';
import http from 'node:http';

const greetings = JSON.parse(fs.readFileSync(new URL('../build/greetings.json', import.meta.url), 'utf8'));
const port = Number(process.env.PORT ?? 8765);
let served = 0;

const server = http.createServer((request, response) => {
  if (request.url === '/healthz') {
    response.end('ok\n');
    return;
  }
  const greeting = greetings[served++ % greetings.length];
  console.log(`${new Date().toISOString().slice(11, 19)} ${request.method} ${request.url} -> ${greeting}`);
  response.end(`${greeting}\n`);
});

console.log('warming up');
setTimeout(
  () => server.listen(port, '127.0.0.1', () => console.log(`\x1b[32mlistening\x1b[0m on http://localhost:${port}/`)),
  300,
);

process.on('SIGTERM', () => {
  console.log('closing');
  server.close(() => process.exit(0));
  server.closeAllConnections();
});
