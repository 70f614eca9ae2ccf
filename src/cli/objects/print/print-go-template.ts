import { compileTemplate, type Template } from '../../../domain/go-template/run.ts';
import { wrongUse } from '../words.ts';
import type { ObjectPrinter } from './object-printer.ts';

/** A printer that carries a Go template out. Throws ObjectFailure for a template that cannot be read. */
export function goTemplatePrinter(template: string, allowMissing: boolean): ObjectPrinter {
  let compiled: Template;
  try {
    compiled = compileTemplate(template);
  } catch (error) {
    throw wrongUse(`error parsing template ${template}, template: output:1: ${(error as Error).message}`);
  }
  return object => {
    try {
      return compiled.run(object as Parameters<Template['run']>[0], { allowMissing });
    } catch (error) {
      throw wrongUse(
        `error executing template ${JSON.stringify(template)}: template: output: ${(error as Error).message}`,
      );
    }
  };
}
