// What programs wrote, for a terminal that shows a log line by line: colours and links stay, what would move the cursor,
// clear the screen, name the window or set the clipboard goes.
// Does not: lay out, or know lines.

/** CSI, then OSC and the like up to their end or the end of the line, then other sequences; then control characters. */
const controls =
  /\x1b(?:\[[0-?]*[ -/]*[@-~]?|[\]PX^_][^\x07\x1b\n]*(?:\x07|\x1b\\)?|[ -/]*[0-~]?)|[\0-\x06\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f]/g;
const isKept = /^\x1b(?:\[[\d;:]*m|\]8;.*(?:\x07|\x1b\\))$/;
/** The rest may come with the next text. */
const isBegun = /^\x1b\[[\d;:]*$/;

/** Tabs, backspaces, returns and the bell stay too. */
export function harmlessText(text: string): string {
  return text.replace(controls, (found, at: number) => {
    const isLast = at + found.length === text.length;
    return isKept.test(found) || (isLast && isBegun.test(found)) ? found : '';
  });
}
