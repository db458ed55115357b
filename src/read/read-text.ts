import type { Report } from '../diagnostics/diagnostic.ts';
import type { InputFiles } from '../model/input-files.ts';
import { placeAt, type SourceFile, wholeFile } from '../model/source-file.ts';
import { limits } from './limits.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

/** Bytes to text; a byte order mark is dropped, anything that is not UTF-8 is refused. */
export function readText(files: InputFiles, path: string, report: Report): SourceFile | undefined {
  const bytes = files.get(path);
  const refuse = (message: string, hint: string) => {
    report({ code: 'not-text', severity: 'error', message, place: wholeFile({ path, text: '' }), hint });
    return undefined;
  };
  if (bytes === undefined) return refuse(`${path} cannot be read`, 'check that the file exists and may be read');
  if (bytes.length > limits.fileBytes)
    return refuse(
      `${path} has ${bytes.length} bytes, more than the ${limits.fileBytes} that an input may have`,
      'Kubernetes takes no ConfigMap over 1 MiB either; keep large data outside',
    );
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    return refuse(`${path} is not UTF-8 text`, 'save it as UTF-8');
  }
  const found = unprintable.exec(text);
  if (found === null) return { path, text };
  const file = { path, text };
  report({
    code: 'not-text',
    severity: 'error',
    message: `the character ${codePoint(found[0])} cannot be part of any file`,
    place: placeAt(file, found.index, found.index + 1),
    hint: 'kustomize cannot carry it; remove it',
  });
  return undefined;
}

/** What kustomize refuses, or turns into spaces and line breaks, however it is escaped. */
export const unprintable = /[\0\u007f-\u009f\u2028\u2029\ufffe\uffff]/;

export function codePoint(character: string): string {
  return `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}
