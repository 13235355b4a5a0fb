import { z } from 'zod'
import type { SettingsKind } from '#settings'

const key = z.string().regex(/^[a-z][a-z0-9]*$/, 'must be lower case letters and digits')

/** Books and people, as any domain might define them: people name books, and a text of theirs has an inside. */
export const books = {
  name: 'books',
  schema: z.record(key, z.strictObject({ title: z.string().min(1).describe('What people call the book'), currency: z.enum(['EUR', 'PLN']).default('EUR') })),
} satisfies SettingsKind

export const readers = {
  name: 'readers',
  schema: z
    .record(
      key,
      z.strictObject({
        name: z.string().min(1),
        role: z.enum(['viewer', 'collector', 'admin']),
        books: z.array(z.string()).default([]),
        note: z.string().optional(),
      }),
    )
    .superRefine((people, context) => {
      for (const [person, { note = '' }] of Object.entries(people)) {
        const line = note.split('\n').findIndex(text => text.includes('!!')) + 1
        if (line === 0) continue
        const column = (note.split('\n')[line - 1]?.indexOf('!!') ?? 0) + 1
        context.addIssue({ code: 'custom', path: [person, 'note'], message: 'shouts', params: { line, column, remedy: 'Speak softly.' } })
      }
    }),
  references: people =>
    Object.entries(people).flatMap(([person, { books: read }]) => read.map((book, index) => ({ path: [person, 'books', index], kind: 'books', key: book }))),
} satisfies SettingsKind<z.ZodType<Record<string, { name: string; role: string; books: string[]; note?: string | undefined }>>>
