// One text for two JavaScript functions: the quick one, and the generator that takes no stack (see runtime/deep-calls.ts).
// They differ in a few places, where the text holds both alternatives between control characters, which no generated code
// contains otherwise.

const places = /\x01([^\x02]*)\x02([^\x03]*)\x03/g;

/** Text that is `quick` in the one function and `deep` in the other. */
export function either(quick: string, deep: string): string {
  return `\x01${quick}\x02${deep}\x03`;
}

/** The text of the quick function. */
export function quickText(text: string): string {
  return text.replace(places, '$1');
}

/** The text of the generator. */
export function deepText(text: string): string {
  return text.replace(places, '$2');
}
