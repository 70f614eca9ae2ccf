// Objects as the text that people, files and the API see.
import { writeYaml } from '../yaml/write-yaml.ts';
import type { Entity } from './entity.ts';

/** Objects as one YAML text. */
export function writeEntities(entities: readonly Pick<Entity, 'object'>[]): string {
  return entities.map(entity => writeYaml(entity.object)).join('\n---\n');
}
