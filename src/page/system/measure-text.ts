let context: CanvasRenderingContext2D | null | undefined;

/** How wide a text is in the font that the page has. */
export function measureText(text: string, size: number, weight = 400): number {
  context ??= document.createElement('canvas').getContext('2d');
  if (!context) return text.length * size * 0.62;
  context.font = `${weight} ${size}px ${getComputedStyle(document.documentElement).fontFamily}`;
  return Math.ceil(context.measureText(text).width);
}

/** So much of a text as a picture has room for. */
export function shortened(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}
