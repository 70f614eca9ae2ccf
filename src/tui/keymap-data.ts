// The keymaps that come with the program, as data. The default one is there at once; others are loaded when chosen.
import standard from '../../keymaps/default.json' with { type: 'json' };

export const defaultKeymapData: unknown = standard;

const others: Readonly<Record<string, () => Promise<unknown>>> = {
  k9s: async () => (await import('../../keymaps/k9s.json', { with: { type: 'json' } })).default,
  vim: async () => (await import('../../keymaps/vim.json', { with: { type: 'json' } })).default,
};

export const keymapNames: readonly string[] = ['default', ...Object.keys(others)];

/** The data of a built-in keymap, undefined when there is none of that name. */
export async function loadKeymap(name: string): Promise<unknown> {
  return name === 'default' ? defaultKeymapData : others[name]?.();
}
