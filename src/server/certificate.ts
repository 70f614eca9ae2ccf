// The API server's certificate: our own EC P-256, made in about 20 ms and kept per API server (design, section 2).
// It is its own authority; clients find it in the kubeconfig entry.
import { createSign, generateKeyPairSync, randomBytes, X509Certificate } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { writeFileAtomic } from '../state/atomic-file.ts';

export interface KeyAndCertificate {
  /** PEM, both. */
  readonly key: string;
  readonly certificate: string;
}

const dayMs = 86_400_000;
const lifetimeDays = 365;

/** The kept certificate of `name` in `directory`, or a fresh one when there is none that is good for another 30 days. */
export function loadOrMakeCertificate(directory: string, name: string, nowMs: number): KeyAndCertificate {
  const file = path.join(directory, `${name}.ec.pem`);
  const kept = readKept(file, nowMs);
  if (kept) return kept;
  const made = makeCertificate(nowMs);
  try {
    writeFileAtomic(file, made.key + made.certificate, { mode: 0o600 });
  } catch {
    // A cache that cannot be written costs the next start 20 ms and nothing else.
  }
  return made;
}

function readKept(file: string, nowMs: number): KeyAndCertificate | undefined {
  try {
    const text = fs.readFileSync(file, 'utf8');
    const split = text.indexOf('-----BEGIN CERTIFICATE-----');
    const certificate = text.slice(split);
    const parsed = new X509Certificate(certificate);
    const isGood = Date.parse(parsed.validTo) - nowMs > 30 * dayMs && Date.parse(parsed.validFrom) < nowMs;
    return isGood ? { key: text.slice(0, split), certificate } : undefined;
  } catch {
    return undefined;
  }
}

/** A fresh key and a certificate for localhost, 127.0.0.1 and ::1. */
export function makeCertificate(nowMs: number): KeyAndCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signed = toBeSigned(publicKey.export({ type: 'spki', format: 'der' }), nowMs);
  const signature = createSign('sha256').update(signed).sign(privateKey);
  const der = sequence(signed, ecdsaWithSha256, bitString(signature));
  const base64 = der.toString('base64').replace(/.{64}(?=.)/g, '$&\n');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    certificate: `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`,
  };
}

// What follows writes X.509 (RFC 5280) in DER: every value is a tag, a length and its bytes.

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const length: number[] = [];
  for (let rest = body.length; rest > 0; rest >>= 8) length.unshift(rest & 0xff);
  const head = body.length < 0x80 ? [tag, body.length] : [tag, 0x80 | length.length, ...length];
  return Buffer.concat([Buffer.from(head), body]);
}

const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
const octets = (bytes: Uint8Array): Buffer => der(0x04, bytes);
const bitString = (bytes: Uint8Array, unusedBits = 0): Buffer => der(0x03, Buffer.from([unusedBits]), bytes);
const isTrue = der(0x01, Buffer.from([0xff]));

function oid(text: string): Buffer {
  const [first, second, ...rest] = text.split('.').map(Number) as [number, number, ...number[]];
  const bytes = [first * 40 + second];
  for (const part of rest) {
    const groups = [part & 0x7f];
    for (let high = part >> 7; high > 0; high >>= 7) groups.unshift((high & 0x7f) | 0x80);
    bytes.push(...groups);
  }
  return der(0x06, Buffer.from(bytes));
}

const ecdsaWithSha256 = sequence(oid('1.2.840.10045.4.3.2'));

function toBeSigned(publicKeyInfo: Buffer, nowMs: number): Buffer {
  const name = sequence(der(0x31, sequence(oid('2.5.4.3'), der(0x0c, Buffer.from('localhost')))));
  // A positive number: the first byte's highest bit is off, and it is not zero.
  const serial = randomBytes(16);
  serial[0] = (serial[0]! & 0x7f) | 0x40;
  return sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serial),
    ecdsaWithSha256,
    name,
    // A day back, for clocks that disagree.
    sequence(time(nowMs - dayMs), time(nowMs + lifetimeDays * dayMs)),
    name,
    publicKeyInfo,
    der(0xa3, sequence(...extensions())),
  );
}

/** UTCTime, which is right until 2049. */
function time(atMs: number): Buffer {
  const text = new Date(atMs).toISOString().replace(/^..|[-T:]|\..*$/g, '');
  return der(0x17, Buffer.from(`${text}Z`));
}

function extensions(): Buffer[] {
  const loopback6 = Buffer.alloc(16);
  loopback6[15] = 1;
  const names = sequence(
    der(0x82, Buffer.from('localhost')),
    der(0x87, Buffer.from([127, 0, 0, 1])),
    der(0x87, loopback6),
  );
  return [
    // basicConstraints: it is an authority. keyUsage: digitalSignature and keyCertSign. extKeyUsage: serverAuth.
    sequence(oid('2.5.29.19'), isTrue, octets(sequence(isTrue))),
    sequence(oid('2.5.29.15'), isTrue, octets(bitString(Buffer.from([0b1000_0100]), 2))),
    sequence(oid('2.5.29.37'), octets(sequence(oid('1.3.6.1.5.5.7.3.1')))),
    sequence(oid('2.5.29.17'), octets(names)),
  ];
}
