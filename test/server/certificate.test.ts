import { X509Certificate } from 'node:crypto';
import fs from 'node:fs';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import test from 'ava';
import { loadOrMakeCertificate, makeCertificate } from '../../src/server/certificate.ts';

test('a certificate says what it is for', t => {
  const nowMs = Date.UTC(2026, 10, 21, 12, 0, 5);
  const parsed = new X509Certificate(makeCertificate(nowMs).certificate);
  t.is(parsed.subjectAltName, 'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1');
  t.true(parsed.ca);
  t.true(parsed.verify(parsed.publicKey), 'signed by its own key');
  t.is(Date.parse(parsed.validFrom), nowMs - 86_400_000);
  t.is(Date.parse(parsed.validTo), nowMs + 365 * 86_400_000);
  t.deepEqual(parsed.keyUsage, ['1.3.6.1.5.5.7.3.1']);
});

for (const host of ['localhost', '127.0.0.1', '::1']) {
  test(`a client that trusts the certificate reaches ${host}`, async t => {
    const { key, certificate } = makeCertificate(Date.now());
    const server = https.createServer({ key, cert: certificate }, (_request, response) => response.end('hello'));
    t.teardown(() => server.close());
    const listenHost = host === '::1' ? '::1' : '127.0.0.1';
    try {
      await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, listenHost, resolve));
    } catch {
      t.pass('this machine has no IPv6');
      return;
    }
    const { port } = server.address() as AddressInfo;
    const text = await new Promise((resolve, reject) => {
      const options = { host: listenHost, servername: host === 'localhost' ? host : '', port, ca: certificate };
      https
        .get({ ...options, agent: false }, response => response.on('data', data => resolve(String(data))))
        .on('error', reject);
    });
    t.is(text, 'hello');
  });
}

test('a certificate is kept until a month before its end', t => {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'cert-'));
  t.teardown(() => fs.rmSync(directory, { recursive: true }));
  const nowMs = Date.now();
  const first = loadOrMakeCertificate(path.join(directory, 'c'), 'localhost_1', nowMs);
  const file = path.join(directory, 'c', 'localhost_1.ec.pem');
  t.is(fs.statSync(file).mode & 0o777, 0o600);
  t.deepEqual(loadOrMakeCertificate(path.join(directory, 'c'), 'localhost_1', nowMs), first);
  const later = loadOrMakeCertificate(path.join(directory, 'c'), 'localhost_1', nowMs + 340 * 86_400_000);
  t.not(later.certificate, first.certificate);
  fs.writeFileSync(file, 'garbage');
  t.notThrows(() => loadOrMakeCertificate(path.join(directory, 'c'), 'localhost_1', nowMs));
  t.notThrows(() => loadOrMakeCertificate('/dev/null/nowhere', 'x', nowMs));
});
