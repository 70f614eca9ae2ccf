// The themes that come with the program, as data. The default one is there at once; others are loaded when chosen.
import terminal from '../../themes/terminal.json' with { type: 'json' };

/** Every theme has all roles through the ones it inherits from. */
export const terminalTheme: unknown = terminal;

const others: Readonly<Record<string, () => Promise<unknown>>> = {
  mono: async () => (await import('../../themes/mono.json', { with: { type: 'json' } })).default,
  catppuccin: async () => (await import('../../themes/catppuccin.json', { with: { type: 'json' } })).default,
  dracula: async () => (await import('../../themes/dracula.json', { with: { type: 'json' } })).default,
  gruvbox: async () => (await import('../../themes/gruvbox.json', { with: { type: 'json' } })).default,
  nord: async () => (await import('../../themes/nord.json', { with: { type: 'json' } })).default,
  solarized: async () => (await import('../../themes/solarized.json', { with: { type: 'json' } })).default,
  'tokyo-night': async () => (await import('../../themes/tokyo-night.json', { with: { type: 'json' } })).default,
  modus: async () => (await import('../../themes/modus.json', { with: { type: 'json' } })).default,
  'catppuccin-frappe': async () =>
    (await import('../../themes/catppuccin-frappe.json', { with: { type: 'json' } })).default,
  'catppuccin-macchiato': async () =>
    (await import('../../themes/catppuccin-macchiato.json', { with: { type: 'json' } })).default,
  // For terminals with a light background.
  'catppuccin-latte': async () =>
    (await import('../../themes/catppuccin-latte.json', { with: { type: 'json' } })).default,
  'gruvbox-light': async () => (await import('../../themes/gruvbox-light.json', { with: { type: 'json' } })).default,
  'solarized-light': async () =>
    (await import('../../themes/solarized-light.json', { with: { type: 'json' } })).default,
  'modus-light': async () => (await import('../../themes/modus-light.json', { with: { type: 'json' } })).default,
};

export const themeNames: readonly string[] = ['terminal', ...Object.keys(others)];

/** The data of a built-in theme, undefined when there is none of that name. */
export async function loadTheme(name: string): Promise<unknown> {
  return name === 'terminal' ? terminalTheme : others[name]?.();
}
