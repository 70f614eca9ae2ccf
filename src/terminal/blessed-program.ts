// The "program" that neo-blessed's Screen talks to: one that writes nothing and reads nothing. Our own code does both,
// so its terminfo, its decoder, its output and its process handlers never come into play.
import { EventEmitter } from 'node:events';

/** Methods that Screen and Element call for their effect on a terminal. Here they have none. */
const silent = [
  'setupTput',
  'csr',
  'cup',
  'clear',
  'flush',
  'showCursor',
  'hideCursor',
  'lsaveCursor',
  'lrestoreCursor',
  'cursorShape',
  'cursorColor',
  'cursorReset',
  'enableMouse',
  'disableMouse',
  'setMouse',
  'setTerminal',
  'log',
  'debug',
  'copyToClipboard',
  'sigtstp',
  'destroy',
  '_write',
  '_owrite',
];

export class QuietProgram extends EventEmitter {
  cols = 80;
  rows = 24;
  isAlt = false;
  zero = true;
  useBuffer = true;
  x = 0;
  y = 0;
  scrollTop = 0;
  scrollBottom = 23;
  title = '';
  terminal = 'xterm-256color';
  mouseEnabled = true;
  cursorHidden = true;
  readonly options: Record<string, unknown> = {};
  readonly put: Record<string, () => void> = { keypad_xmit() {}, keypad_local() {} };
  readonly input = new EventEmitter();
  readonly output = new EventEmitter();
  /** What terminfo would say of a terminal that can everything we need and nothing special. */
  readonly tput = {
    unicode: true,
    brokenACS: false,
    colors: 256,
    acscr: {},
    strings: {},
    bools: {},
    numbers: { U8: 1, colors: 256 },
    features: { unicode: true },
  };

  constructor() {
    super();
    this.setMaxListeners(0);
    for (const name of silent) Object.defineProperty(this, name, { value: () => true });
  }

  alternateBuffer(): void {
    this.isAlt = true;
  }

  normalBuffer(): void {
    this.isAlt = false;
  }

  /** Elements borrow these two with themselves as `this`. */
  key(this: EventEmitter, keys: string | string[], listener: (...args: unknown[]) => void): void {
    for (const key of [keys].flat().flatMap(k => k.split(/\s*,\s*/))) this.on(`key ${key}`, listener);
  }

  onceKey(this: EventEmitter, keys: string | string[], listener: (...args: unknown[]) => void): void {
    for (const key of [keys].flat().flatMap(k => k.split(/\s*,\s*/))) this.once(`key ${key}`, listener);
  }

  unkey(this: EventEmitter, keys: string | string[], listener: (...args: unknown[]) => void): void {
    for (const key of [keys].flat().flatMap(k => k.split(/\s*,\s*/))) this.removeListener(`key ${key}`, listener);
  }
}
