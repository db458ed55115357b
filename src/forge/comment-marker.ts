/** The first line of a comment of ours, which is not shown. Kept apart from the text, so that quoting one makes no second. */
export function markerLine(marker: string): string {
  return `<!-- stowage ${marker.replace(/[^\w/ .:-]/g, '_').replaceAll('--', '__')} -->`;
}
