// Bytes as JSON and YAML hold them: base64, or a list of numbers.
import { Buffer } from 'node:buffer';
import { isInteger, type Plain } from '../yaml/plain.ts';

/** Why a text holds no bytes, in Go's words. */
export class BytesProblem extends Error {}

/** The bytes as base64, null for null. Throws BytesProblem for text that is none, and TypeError for other values. */
export function bytesText(value: Plain): string | null {
  if (value === null) return null;
  if (Array.isArray(value)) return Buffer.from(value.map(byteOf)).toString('base64');
  if (typeof value !== 'string') throw new TypeError('neither text nor a list');
  const text = value.replace(/[\r\n]/g, '');
  const bad = /[^A-Za-z0-9+/=]/.exec(text);
  const isWhole = text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
  if (bad || !isWhole) throw new BytesProblem(`illegal base64 data at input byte ${bad?.index ?? badBase64At(text)}`);
  return Buffer.from(text, 'base64').toString('base64');
}

/** True for a number that is a byte, and for null, which stands for 0. */
export function isByte(value: Plain): boolean {
  return value === null || (isInteger(value) && value >= 0 && value <= 255);
}

function byteOf(value: Plain): number {
  if (!isByte(value)) throw new TypeError('no byte');
  return Number(value);
}

/** Where Go's reader notices that a text of base64 letters alone is not complete. */
function badBase64At(text: string): number {
  const padding = text.indexOf('=');
  if (padding >= 0 && padding % 4 < 2) return padding;
  return padding >= 0 && padding < text.length - 2 ? padding + 1 : Math.floor(text.length / 4) * 4;
}
