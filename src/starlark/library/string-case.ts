// String methods that test or change letters, and those that give the parts of a string.
import { checkPositional } from '../runtime/arguments.ts';
import { StringCodepoints, StringElems } from '../values/bytes.ts';
import type { MethodFunction } from '../values/callable.ts';
import { runesOf } from '../values/text.ts';
import type { Value } from '../values/value.ts';
import { isCased, isInClass, isSpace, lowerRune, lowerText, mapRunes, titleRune, upperText } from './runes.ts';

/** A method without arguments. */
function plain(implement: (self: string) => Value): MethodFunction {
  return (_thread, self, args, kwargs, name) => {
    checkPositional(name, args, kwargs, [0, 0]);
    return implement(self as string);
  };
}

/** True if there are runes and all pass. */
function every(test: (rune: number) => boolean): MethodFunction {
  return plain(self => self !== '' && runesOf(self).every(test));
}

function hasCase(text: string): boolean {
  return runesOf(text).some(isCased);
}

function isTitle(text: string): boolean {
  let cased = false;
  let afterCased = false;
  for (const rune of runesOf(text)) {
    if ((rune >= 65 && rune <= 90) || isInClass(rune, /\p{Lt}/u)) {
      if (afterCased) return false;
      afterCased = true;
      cased = true;
    } else if (isInClass(rune, /\p{Ll}/u)) {
      if (!afterCased) return false;
      cased = true;
    } else if (isInClass(rune, /\p{Lu}/u)) return false;
    else afterCased = false;
  }
  return cased;
}

function title(text: string): string {
  let afterCased = false;
  return mapRunes(text, rune => {
    const mapped = afterCased ? lowerRune(rune) : titleRune(rune);
    afterCased = isCased(mapped);
    return mapped;
  });
}

/** The methods of this file. */
export const caseMethods: Readonly<Record<string, MethodFunction>> = {
  capitalize: plain(self => mapRunes(self, (rune, index) => (index === 0 ? titleRune(rune) : lowerRune(rune)))),
  codepoint_ords: plain(self => new StringCodepoints(self, true)),
  codepoints: plain(self => new StringCodepoints(self, false)),
  elem_ords: plain(self => new StringElems(self, true)),
  elems: plain(self => new StringElems(self, false)),
  isalnum: every(rune => isInClass(rune, /[\p{L}\p{Nd}]/u)),
  isalpha: every(rune => isInClass(rune, /\p{L}/u)),
  isdigit: every(rune => isInClass(rune, /\p{Nd}/u)),
  islower: plain(self => hasCase(self) && self === lowerText(self)),
  isspace: every(isSpace),
  istitle: plain(isTitle),
  isupper: plain(self => hasCase(self) && self === upperText(self)),
  lower: plain(lowerText),
  title: plain(title),
  upper: plain(upperText),
};
