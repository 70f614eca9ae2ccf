// A terminal with somebody who looks at a screen for a moment and leaves, for a pack's exercises.
import { Readable, Writable } from 'node:stream';

const size = { columns: 160, rows: 50 };
/** What is pressed once the first resource is shown: some moves, the details, all logs. */
const keys = ['j', 'j', 'k', '\x1b[B', 'd', 'd', '0', '0'];
/** And then, until it has ended: the question, and what it offers first. */
const leaving = ['q', '\r'];
const restMs = 60;

/** Puts it in the place of the process's own streams. */
export function useSampleTerminal() {
  const stdin = Object.assign(new Readable({ read() {} }), {
    isTTY: true,
    fd: 0,
    isRaw: false,
    setRawMode: () => stdin,
    ref: () => stdin,
    unref: () => stdin,
  });
  let isSeen = false;
  let text = '';
  const write = (chunk, _encoding, done) => {
    text += chunk;
    if (!isSeen && /r0(?!\d)/.test(text)) {
      isSeen = true;
      pressAll(stdin);
    }
    done();
  };
  const stdout = Object.assign(new Writable({ write }), {
    isTTY: true,
    fd: 1,
    ...size,
    getWindowSize: () => [size.columns, size.rows],
    // What is written comes here and not to the descriptor.
    _handle: { setBlocking: () => 0 },
  });
  Object.defineProperty(process, 'stdin', { value: stdin });
  Object.defineProperty(process, 'stdout', { value: stdout });
}

function pressAll(stdin) {
  let pressed = 0;
  setInterval(() => {
    stdin.push(keys[pressed] ?? leaving[pressed % leaving.length]);
    pressed++;
  }, restMs).unref();
}
