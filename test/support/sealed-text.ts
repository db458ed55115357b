/** A text with the form of a sealed value, the same for the same words; nobody can open it. */
export function sealedText(words: string): string {
  const bytes = Buffer.alloc(2 + 128 + 17, words);
  bytes.writeUInt16BE(128);
  return bytes.toString('base64');
}
