import type { Words } from '../words/index.ts'

/** What people type behind a command in their own language, as the English words that commands and buttons go by; English always works. */
export function typedWords(text: string, { daily }: Words): string[] {
  const own = new Map(Object.entries(daily.typed).flatMap(([english, said]) => said.split(' ').map(word => [word, english] as const)))
  return text
    .split(' ')
    .filter(Boolean)
    .map(word => own.get(word.toLowerCase()) ?? word)
}
