export interface ApplicationName {
  readonly namespace: string;
  readonly name: string;
}

/** An Application as it came, unread; or why there is none, for the person at the keyboard. */
export type AskedApplication = { readonly object: unknown } | { readonly unknown: string };

/** With what it manages and each of their conditions it may be large. */
export const applicationLimits = { longest: 16_777_216, tooLong: 'the answer is too long to be an Application' };

export function parseAnswer(body: string, server: string): AskedApplication {
  try {
    return { object: JSON.parse(body) as unknown };
  } catch {
    return { unknown: `what ${server} answers is no JSON: is that the right address?` };
  }
}
