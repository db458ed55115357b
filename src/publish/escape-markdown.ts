/** Text that shows as it is: no mention, reference, link, image, HTML or layout comes of it. */
export function escapeMarkdown(text: string): string {
  return (
    text
      .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
      .replace(/[\\`*_{}[\]()<>#+!|~&-]/g, (sign) => `&#${sign.charCodeAt(0)};`)
      // A host links these without any markup: `@name`, `www.`, `https://`.
      .replace(/@/g, '&#64;')
      .replace(/:\/\//g, '&#58;//')
      .replace(/\bwww\./gi, (word) => `${word.slice(0, 3)}&#46;`)
  );
}
