/** What GitHub takes for the body of a pull request or an issue. */
export const mostCharacters = 65_535;

/** Markdown cut at the boundary of a block, so that no list item and no fence is cut open. */
export function cutBlocks(blocks: readonly string[], most: number, pointer: string): string {
  const whole = join(blocks);
  if (whole.length <= most) return whole;
  const end = (left: number) => `\n\n**Cut here: ${left} more entries do not fit. ${pointer}.**\n`;
  let text = '';
  for (const [index, block] of blocks.entries()) {
    const longer = text === '' ? block : `${text}${separator(block)}${block}`;
    if (longer.length + end(blocks.length).length > most) return `${text}${end(blocks.length - index)}`.trimStart();
    text = longer;
  }
  return `${text}\n`;
}

function join(blocks: readonly string[]): string {
  return `${blocks.reduce((text, block) => (text === '' ? block : `${text}${separator(block)}${block}`), '')}\n`;
}

/** Items of a list stand line below line, everything else apart. */
function separator(block: string): string {
  return block.startsWith('- ') || block.startsWith('  - ') ? '\n' : '\n\n';
}
