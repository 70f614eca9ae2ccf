// Why a text is no YAML, in the words that users of Kubernetes tools know (libyaml's).

interface YamlFailure {
  readonly reason?: string;
  readonly message: string;
  readonly mark?: { readonly line: number; readonly column: number; readonly position: number } | null;
}

/** `scan`: found while words were told apart; such lines are counted from 1, those of the grammar from 0. */
interface Wording {
  readonly words: string;
  readonly scan: boolean;
}

const wordings: readonly (readonly [RegExp, Wording])[] = [
  [/tab characters|cannot start any token/, { words: 'found character that cannot start any token', scan: true }],
  [/within a (single|double) quoted|deficient indentation/, { words: 'found unexpected end of stream', scan: true }],
  [/unknown escape|escape sequence/, { words: 'found unknown escape character', scan: true }],
  [/directive/, { words: 'found unknown directive name', scan: true }],
  [/unexpected end of the stream within a flow/, { words: "did not find expected ',' or ']'", scan: false }],
  [/flow collection|missed comma/, { words: "did not find expected ',' or ']'", scan: false }],
  [/multiline key|implicit key/, { words: "could not find expected ':'", scan: true }],
];

/** `line 3: mapping values are not allowed in this context`; the line is left out on the first one, as libyaml does. */
export function yamlProblem(error: YamlFailure, text: string): string {
  const reason = error.reason ?? error.message;
  const line = error.mark?.line ?? 0;
  const alias = /unidentified alias "(.*)"/.exec(reason);
  if (alias) return `unknown anchor '${alias[1]}' referenced`;
  const { words, scan } = wordingOf(reason, error, text);
  const shown = line === 0 ? 0 : scan ? line + 1 : line;
  return shown === 0 ? words : `line ${shown}: ${words}`;
}

function wordingOf(reason: string, error: YamlFailure, text: string): Wording {
  const at = error.mark?.position ?? 0;
  const char = text[at] ?? '';
  if (char === '@' || char === '`' || char === '%')
    return { words: 'found character that cannot start any token', scan: true };
  if (/deficient indentation/.test(reason) && /[[{][^\]}"']*$/.test(text))
    return { words: 'did not find expected node content', scan: false };
  // Nothing at all came behind a bracket or comma.
  if (/unexpected end of the stream within a flow/.test(reason) && /[[{,]\s*$/.test(text))
    return { words: 'did not find expected node content', scan: false };
  for (const [form, wording] of wordings) if (form.test(reason)) return wording;
  const lineText = text.split('\n')[error.mark?.line ?? 0] ?? '';
  if (/bad indentation of a mapping/.test(reason) && /:(\s|$)/.test(lineText))
    return { words: 'mapping values are not allowed in this context', scan: true };
  if (/bad indentation of a sequence/.test(reason))
    return { words: "did not find expected '-' indicator", scan: false };
  if (/separator is expected/.test(reason)) {
    return /^[}\]]/.test(lineText.trim())
      ? { words: 'did not find expected node content', scan: false }
      : { words: 'did not find expected <document start>', scan: false };
  }
  return { words: 'did not find expected key', scan: false };
}
