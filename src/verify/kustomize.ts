/** A program that builds kustomizations. */
export interface Kustomize {
  readonly command: string;
  readonly arguments: (folder: string) => string[];
  /** Changes when the program does: a proof holds for the program that made it. */
  readonly identity: string;
  readonly source: 'kustomize' | 'kubectl' | 'embedded kubectl';
}
