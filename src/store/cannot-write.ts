import { Failure } from './fail.ts';

const hints: Readonly<Record<string, string>> = {
  EISDIR: 'this is a folder; name a file in it',
  ENOENT: 'is there such a folder?',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a file stands where a folder should be; move it away',
  EROFS: 'the folder may not be written: its file system is read-only',
  EACCES: 'the folder may not be written: is it yours?',
  EPERM: 'the folder may not be written: is it yours?',
};

/** What the system says where something was to be written, and what that means. What it did not say stays as it is. */
export function cannotWrite(path: string, error: unknown): unknown {
  const { message, code } = error as NodeJS.ErrnoException;
  if (code === undefined) return error;
  return new Failure(`cannot write ${path}: ${message.split(',')[0]}`, hints[code]);
}
