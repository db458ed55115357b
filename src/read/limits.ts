/** Far above any real description, far below what makes a parser slow. */
export const limits = {
  fileBytes: 1_048_576,
  depth: 64,
  aliases: 100,
  nodes: 200_000,
  diagnosticsPerFile: 50,
} as const;
