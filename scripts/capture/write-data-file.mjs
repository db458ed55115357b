import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';

/** Writes compressed JSON, leaving a file alone that already says the same. */
export function writeDataFile(file, content) {
  const text = JSON.stringify(content);
  // Another release of Node may compress to other bytes; that alone is no reason for a change.
  if (existsSync(file) && brotliDecompressSync(readFileSync(file)).toString('utf8') === text) return 'unchanged';
  const compressed = brotliCompressSync(text, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: Buffer.byteLength(text),
    },
  });
  writeFileSync(file, compressed);
  return `${text.length} bytes of JSON, ${compressed.length} compressed`;
}
