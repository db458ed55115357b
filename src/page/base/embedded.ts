/** The text of an element that holds data of the page. */
export function embedded(id: string): string | undefined {
  return document.getElementById(id)?.textContent ?? undefined;
}
