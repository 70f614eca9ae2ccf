import test from 'ava';
import { dockerfileImages } from '../../src/domain/images/dockerfile-images.ts';
import {
  familiarString,
  fullString,
  parseImageRef,
  registryProblem,
  selectorOf,
  selects,
} from '../../src/domain/images/image-ref.ts';
import { similarNames } from '../../src/domain/images/similar-names.ts';

const refs: readonly (readonly [text: string, full: string, familiar: string])[] = [
  ['nginx', 'docker.io/library/nginx', 'nginx'],
  ['nginx:1', 'docker.io/library/nginx:1', 'nginx:1'],
  ['a/b', 'docker.io/a/b', 'a/b'],
  ['index.docker.io/a', 'docker.io/library/a', 'a'],
  ['localhost/x', 'localhost/x', 'localhost/x'],
  ['localhost:5000/x:v', 'localhost:5000/x:v', 'localhost:5000/x:v'],
  ['gcr.io/p/a_b/c', 'gcr.io/p/a_b/c', 'gcr.io/p/a_b/c'],
];

for (const [text, full, familiar] of refs) {
  test(`image ${text}`, t => {
    const ref = parseImageRef(text);
    t.is(fullString(ref), full);
    t.is(familiarString(ref), familiar);
  });
}

const bad: readonly (readonly [text: string, message: string])[] = [
  ['MyImage', 'invalid reference format: repository name (library/MyImage) must be lowercase'],
  ['a b', 'invalid reference format'],
  ['', 'invalid reference format'],
  ['a'.repeat(64), `invalid repository name (${'a'.repeat(64)}), cannot specify 64-byte hexadecimal strings`],
];

for (const [text, message] of bad)
  test(`no image: ${JSON.stringify(text)}`, t => void t.throws(() => parseImageRef(text), { message }));

test('a tag makes a selector exact', t => {
  t.true(selects(selectorOf(parseImageRef('a')), parseImageRef('a:1')));
  t.false(selects(selectorOf(parseImageRef('a:1')), parseImageRef('a:2')));
});

test('a registry needs a host', t => {
  t.is(registryProblem('gcr.io'), undefined);
  t.is(registryProblem('localhost:5000/x'), undefined);
  t.is(registryProblem('http://gcr.io'), 'invalid reference format');
});

const dockerfiles: readonly (readonly [source: string, args: string[], images: string[]])[] = [
  ['FROM a\nCOPY --from=b x y\nCOPY x y\n', [], ['a', 'b']],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a Dockerfile's own variables
  ['ARG V=1\nFROM base:$V AS s\nFROM ${X:-other}\n', [], ['base:1', 'other']],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a Dockerfile's own variables
  ['ARG V=1\nFROM base:${V}\n', ['V=2'], ['base:2']],
  ['FROM --platform=linux/amd64 \\\n  # comment\n  a\n', [], ['a']],
  ['RUN <<EOF\nFROM not-me\nEOF\nFROM me\n', [], ['me']],
  ['# escape=`\nFROM `\n a\n', [], ['a']],
  ['from a as B\nFROM Bad Name\n', [], ['a']],
];

test('images of Dockerfiles', t => {
  for (const [source, args, images] of dockerfiles)
    t.deepEqual(dockerfileImages(source, args).map(familiarString), images, source);
});

test('names that were meant', t => {
  t.deepEqual(similarNames('frontend', ['backend', 'fronted', 'redis'], 3), ['fronted', 'backend']);
});
