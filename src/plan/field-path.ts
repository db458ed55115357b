/** One step down: a key of a map, or an element of a list by what it goes by. */
export type Step = { readonly key: string } | { readonly element: string };

/** As `stowage why` takes it: `spec.template.spec.containers[web].image`, `metadata.annotations["a/b"]`. */
export function describePath(path: readonly Step[]): string {
  return path.reduce((text, step) => text + describeStep(step, text === ''), '');
}

const simple = /^[A-Za-z0-9_/$-]+$/;

function describeStep(step: Step, first: boolean): string {
  if ('element' in step) return step.element.includes(']') ? `["${step.element}"]` : `[${step.element}]`;
  if (!simple.test(step.key) || step.key === '') return `["${step.key}"]`;
  return first ? step.key : `.${step.key}`;
}

/** The names of its steps, of maps and lists alike. */
export function parsePath(field: string): string[] {
  return [...field.matchAll(/\["([^"]*)"\]|\[([^\]]*)\]|([^.[\]]+)/g)].map(
    ([, quoted, bracketed, plain]) => quoted ?? bracketed ?? plain ?? '',
  );
}
