import type { Format } from '../format.ts'

type With<T, C> = T extends { code: infer Codes } ? (C extends Codes ? T : never) : never

/** A sentence for each code; of one that is about something a function of it. */
export type Sentences<T extends { code: string }> = {
  [C in T['code']]: keyof With<T, C> extends 'code' | 'kind' ? string : (about: With<T, C>, format: Format) => string
}

/** What the sentences of a language say of something. */
export function tell<T extends { code: string }>(sentences: Sentences<T>, about: T, format: Format): string {
  // The table pairs each code with its own sentence; the compiler cannot follow the pairing through a union.
  const say = sentences[about.code as T['code']] as string | ((about: T, format: Format) => string)
  return typeof say === 'string' ? say : say(about, format)
}
