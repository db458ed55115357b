/** An address that leads to a page and nowhere else; a fleet may hold others, such as `javascript:`. */
export function webAddress(url: string | null): string | undefined {
  if (url === null || !URL.canParse(url)) return undefined;
  return /^https?:$/.test(new URL(url).protocol) ? url : undefined;
}
