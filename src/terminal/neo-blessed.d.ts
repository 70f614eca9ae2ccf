// The little of neo-blessed that the adapter uses; it has no types of its own. Facts from its version 0.2.0.

declare module 'neo-blessed/lib/widgets/element.js' {
  export interface ElementPosition {
    xi: number;
    xl: number;
    yi: number;
    yl: number;
  }
  export default class Element {
    constructor(options: Record<string, unknown>);
    readonly name: string | undefined;
    hidden: boolean;
    detached: boolean;
    index: number;
    keyable: boolean;
    lpos: ElementPosition | null | undefined;
    parent: { remove(child: Element): void } | null;
    render(): unknown;
    focus(): void;
    detach(): void;
    emit(event: string, ...args: unknown[]): boolean;
  }
}

declare module 'neo-blessed/lib/widgets/screen.js' {
  import type Element from 'neo-blessed/lib/widgets/element.js';

  export default class Screen {
    constructor(options: Record<string, unknown>);
    /** Set to keep it from installing handlers for signals and exit. */
    static _bound: boolean;
    static instances: Screen[];
    static total: number;
    static global: Screen | null;
    lines: ([attr: number, text: string][] & { dirty?: boolean })[];
    children: Element[];
    readonly focused: Element | undefined;
    /** Elements that had the focus, the newest last. */
    history: Element[];
    /** Where borders meet; made anew for each paint. */
    _borderStops: Record<number, unknown>;
    alloc(): void;
    draw(from: number, to: number): void;
    render(): void;
    append(element: Element): void;
    remove(element: Element): void;
    emit(event: string, ...args: unknown[]): boolean;
  }
}

// Loaded for their effect alone: the pieces that Screen and Element stand on.
declare module 'neo-blessed/lib/alias.js';
declare module 'neo-blessed/lib/colors.js';
declare module 'neo-blessed/lib/tput.js';
declare module 'neo-blessed/lib/program.js';
declare module 'neo-blessed/lib/unicode.js';
declare module 'neo-blessed/lib/widgets/node.js';
