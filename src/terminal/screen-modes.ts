// The modes of a terminal while the screen is up, and the way back.
import { popTitle, pushTitle } from './osc.ts';

/** Buttons with drags in SGR form; never 1003, which floods. */
export const takeMouse = `\x1b[?1000h\x1b[?1002h\x1b[?1006h`;

/** The mouse is the terminal's own again, for selecting text. */
export const releaseMouse = `\x1b[?1006l\x1b[?1002l\x1b[?1000l`;

/**
 * Alternate screen, title kept, no line wrap (a character wider than planned must not reach the next row), mouse, focus,
 * bracketed paste, no cursor.
 */
export const enterScreen = `\x1b[?1049h${pushTitle}\x1b[?7l${takeMouse}\x1b[?1004h\x1b[?2004h\x1b[?25l`;

/** Ends whatever sequence was cut off (CAN, ST), then the modes that programs with a whole screen set, but for the title. */
export const resetModes = `\x18\x1b\\\x1b[?2026l\x1b]8;;\x1b\\\x1b[?2004l\x1b[?1004l${releaseMouse}\x1b[m\x1b[?7h\x1b[?25h`;

/** Back from the alternate screen. */
export const normalScreen = '\x1b[?1049l';

/**
 * Ends whatever sequence was cut off (CAN, ST), then everything that `enterScreen` changed, in reverse. Harmless when
 * sent twice, except for the title stack, which terminals keep from running empty.
 */
export const leaveScreen = `${resetModes}${popTitle}${normalScreen}`;
