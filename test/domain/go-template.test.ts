// Templates of `-o go-template`, as Go's text/template carries them out on the JSON of an object.
import test from 'ava';
import { compileTemplate } from '../../src/domain/go-template/run.ts';

const data = {
  name: 'web',
  labels: { svc: 'a', front: 'b' },
  args: ['sh', '-c', 'echo'],
  order: 3,
  big: 12345678,
  ratio: 0.25,
  off: false,
  nothing: null,
  items: [{ n: 'x' }, { n: 'y' }],
  __proto__: { hidden: 1 },
};

const rows: readonly [template: string, text: string][] = [
  ['{{.name}}', 'web'],
  ['a{{ .name }}b', 'awebb'],
  ['{{.nope}}|{{.nope.x}}|{{.nothing}}', '<no value>|<no value>|<no value>'],
  ['{{.order}} {{.big}} {{.ratio}} {{.off}}', '3 12345678 0.25 false'],
  ['{{.labels}} {{.args}}', 'map[front:b svc:a] [sh -c echo]'],
  ['{{range .args}}<{{.}}>{{end}}', '<sh><-c><echo>'],
  ['{{range $i, $x := .items}}{{if $i}}, {{end}}{{$i}}={{$x.n}}{{end}}', '0=x, 1=y'],
  ['{{range $k, $v := .labels}}{{$k}}:{{$v}};{{end}}', 'front:b;svc:a;'],
  ['{{range .nope}}a{{else}}none{{end}}', 'none'],
  ['{{range .args}}{{if eq . "-c"}}{{continue}}{{end}}{{.}} {{end}}', 'sh echo '],
  ['{{range .args}}{{.}}{{break}}{{end}}', 'sh'],
  ['{{if .off}}a{{else if .name}}b{{else}}c{{end}}', 'b'],
  ['{{with .labels}}{{.svc}} {{$.name}}{{end}}', 'a web'],
  ['{{with .nope}}a{{else}}b{{end}}', 'b'],
  ['{{index .args 1}} {{index .labels "svc"}} {{index .items 0 "n"}}', '-c a x'],
  ['{{len .args}} {{len .name}} {{len .labels}}', '3 3 2'],
  ['{{printf "%s-%d-%v-%q-%5s|%-4s|%03d" .name .order .off "q" "r" "l" 7}}', 'web-3-false-"q"-    r|l   |007'],
  ['{{printf "%d" .name}}', '%!d(string=web)'],
  ['{{.name | printf "%s!"}}', 'web!'],
  ['{{eq .name "web"}} {{eq .order 1 3}} {{ne .name "a"}} {{lt 1 2}} {{ge .order 3}}', 'true true true true true'],
  ['{{and .name .order}} {{and .off .nope.x}} {{or .off "z"}} {{not .off}}', '3 false z true'],
  ['{{$a := .name}}{{$a}}{{$a = "b"}}{{$a}}', 'webb'],
  ['{{(index .items 1).n}}', 'y'],
  ['a {{- .name -}} \n b{{/* said nowhere */}}c', 'awebbc'],
  ['{{"a\\tb\\n"}}{{`raw\\n`}}', 'a\tb\nraw\\n'],
  ['{{print 1 2 "a" "b" 3}}', '1 2ab3'],
  ['{{slice .args 1 2}} {{slice .name 1}}', '[-c] eb'],
  ['{{base64decode "aGk="}}', 'hi'],
  ['{{exists . "labels" "svc"}} {{exists . "labels" "x"}}', 'true false'],
  ['{{.hidden}}{{.constructor}}', '<no value><no value>'],
];

for (const [template, text] of rows) {
  test(template, t => {
    t.is(compileTemplate(template).run(data), text);
  });
}

const mistakes: readonly [template: string, message: string][] = [
  ['{{.a', 'unclosed action'],
  ['{{foo .a}}', 'function "foo" not defined'],
  ['{{html .a}}', 'function "html" not defined'],
  ['{{define "a"}}{{end}}', '{{define}} is not supported'],
  ['{{template "a"}}', '{{template}} is not supported'],
  ['{{if .a}}x', 'unexpected EOF'],
  ['{{end}}', 'unexpected {{end}}'],
  ['{{break}}', '{{break}} outside {{range}}'],
  ['{{}}', 'missing value for command'],
  ['{{"a}}', 'unterminated quoted string'],
  ['{{(.a}}', 'unclosed left paren'],
  ['{{.a ? .b}}', "unexpected U+003F '?' in command"],
];

for (const [template, message] of mistakes) {
  test(`refused: ${template}`, t => {
    t.throws(() => compileTemplate(template), { name: 'TemplateError', message });
  });
}

const failures: readonly [template: string, message: RegExp][] = [
  ['{{index .args 7}}', /error calling index: index out of range: 7/],
  ['{{.name.x}}', /can't evaluate field x/],
  ['{{range .name}}a{{end}}', /range can't iterate over web/],
  ['{{len .order}}', /len of type int64/],
  ['{{eq .name 1}}', /incompatible types for comparison/],
  ['{{$x}}', /undefined variable "\$x"/],
];

for (const [template, message] of failures) {
  test(`fails: ${template}`, t => {
    t.throws(() => compileTemplate(template).run(data), { name: 'TemplateError', message });
  });
}

test('a missing key is an error when that is wanted', t => {
  t.throws(() => compileTemplate('{{.nope}}').run(data, { allowMissing: false }), {
    message: 'at <.nope>: map has no entry for key "nope"',
  });
});
