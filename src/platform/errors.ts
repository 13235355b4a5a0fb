/** A fault that an operator or a user can act on: what happened, where, and what to do next. */
export class DuncanError extends Error {
  override readonly name = 'DuncanError'
  /** Stable, for code and logs: `config.invalid`, `import.too_many_closed`. */
  readonly code: string
  /** What to do next, one sentence. */
  readonly remedy: string

  constructor(code: string, message: string, remedy: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
    this.remedy = remedy
  }
}

/** The text of whatever was thrown. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
