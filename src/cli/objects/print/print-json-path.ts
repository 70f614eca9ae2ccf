import {
  type JsonPathOptions,
  type JsonPathTemplate,
  parseJsonPathTemplate,
} from '../../../domain/json/json-path-template.ts';
import { writeCompactJson } from '../../../domain/json/write-json.ts';
import { wrongUse } from '../words.ts';
import type { ObjectPrinter } from './object-printer.ts';

/** A printer of what the paths of a template lead to. Throws ObjectFailure for a template that cannot be read. */
export function jsonPathPrinter(template: string, options: JsonPathOptions): ObjectPrinter {
  let parsed: JsonPathTemplate;
  try {
    parsed = parseJsonPathTemplate(template);
  } catch (error) {
    throw wrongUse(`error parsing jsonpath ${template}, ${(error as Error).message}`);
  }
  return object => {
    try {
      return parsed.print(object, options);
    } catch (error) {
      throw wrongUse(`error executing jsonpath ${JSON.stringify(template)}: Error executing template: ${(error as Error).message}. Printing more information for debugging the template:
	template was:
		${template}
	object given to jsonpath engine was:
		${writeCompactJson(object)}

`);
    }
  };
}
