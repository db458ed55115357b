/** A failure of the outside or of ours, told in one line: no stack trace, exit code 3. */
export class Failure extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.name = 'Failure';
    this.hint = hint;
  }
}

/** What stowage.yaml says of the outside cannot be followed: a mistake of whoever wrote it, exit code 2. */
export class Misconfigured extends Failure {
  constructor(message: string, hint?: string) {
    super(message, hint);
    this.name = 'Misconfigured';
  }
}
