import type { Report } from '../diagnostics/diagnostic.ts';
import type { InputFiles } from '../model/input-files.ts';
import { placeAt, type SourceFile, wholeFile } from '../model/source-file.ts';
import { limits } from './limits.ts';
import { uncarriedCharacter } from './uncarried-character.ts';

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
  let file: SourceFile;
  try {
    file = { path, text: decoder.decode(bytes) };
  } catch {
    return refuse(`${path} is not UTF-8 text`, 'save it as UTF-8');
  }
  const uncarried = uncarriedCharacter(file.text);
  if (uncarried === undefined) return file;
  report({
    code: 'not-text',
    severity: 'error',
    message: `the character ${uncarried.name} cannot be part of any Kubernetes value`,
    place: placeAt(file, uncarried.at, uncarried.at + 1),
    hint: 'take it out; such characters come with binary files and with damaged text',
  });
  return undefined;
}
