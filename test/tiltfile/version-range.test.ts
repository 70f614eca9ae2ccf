import test from 'ava';
import { isInRange } from '../../src/tiltfile/version-range.ts';

const version = '0.37.6';

const ranges: readonly (readonly [range: string, answer: boolean | string])[] = [
  ['>=0.37.0 <1.0.0', true],
  ['>=0.37.0 < 1.0.0', true],
  ['> = 0.1.0', true],
  [' >=0.1.0 ', true],
  ['>=1.0.0 || <0.38.0', true],
  ['==0.37.6', true],
  ['0.37.6', true],
  ['!=0.37.0', true],
  ['!0.37.6', false],
  ['0.37.x', true],
  ['>0.37.x', false],
  ['<=0.37.x', true],
  ['>=0.x', true],
  ['!=0.37.x', false],
  ['>=0.38.x', false],
  ['>=99.0.0', false],
  ['>0.37.6-alpha', true],
  ['>=0.1.0+build', true],
  ['>=99', 'Could not parse Range ">=99": Could not parse version "99" in ">=99": No Major.Minor.Patch elements found'],
  ['^0.37', 'Could not parse Range "^0.37": Could not parse comparator "^" in "^0.37"'],
  [
    '>=0.37.0, <2.0.0',
    'Could not parse Range ">=0.37.0,": Could not parse version "0.37.0," in ">=0.37.0,": Invalid character(s) found in patch number "0,"',
  ],
  [
    '>=0.01.0',
    'Could not parse Range ">=0.01.0": Could not parse version "0.01.0" in ">=0.01.0": Minor number must not contain leading zeroes "01"',
  ],
  ['abc', 'Could not get version from string: "abc"'],
  ['*', "Last element in range is '||'"],
  ['|| >=0.1.0', "First element in range is '||'"],
  ['>=0.1.0 ||', "Last element in range is '||'"],
];

for (const [range, answer] of ranges) {
  test(JSON.stringify(range), t => {
    if (typeof answer === 'boolean') t.is(isInRange(version, range), answer);
    else t.is(t.throws(() => isInRange(version, range))?.message, answer);
  });
}
