/** Why a text is no YAML: the text after `yaml: ` or `json: ` included. */
export class YamlError extends Error {
  override name = 'YamlError';
}
