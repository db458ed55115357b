import { Failure } from './fail.ts';

/** What is there and may not be read: without an input nobody knows what is described, nor without a generated file what is there. */
export class Unreadable extends Failure {
  readonly path: string;

  constructor(path: string, code: string) {
    super(`cannot read ${path}: ${code}`, 'may you read it, and the folders above it?');
    this.path = path;
  }
}

/** Undefined where there is none, or none any more: somebody may be at work on it meanwhile. */
export function unlessGone<Value>(path: string, look: () => Value): Value | undefined {
  try {
    return look();
  } catch (error) {
    const { code = 'unreadable' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new Unreadable(path, code);
  }
}
